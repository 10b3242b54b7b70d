package dev.tactus.limits.leases;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// What refusals leave of a limit that was told.
final class SharedPartTest {

    @Test
    void oneRefusalTakesATenth() {
        SharedPart part = new SharedPart(100);
        part.refused();
        assertThat(part.value()).isEqualTo(0.9, Offset.offset(1e-9));
    }

    @Test
    void refusalsThatFollowCloselyTakeMoreAndMore() {
        SharedPart part = new SharedPart(100);
        for (int refusal = 0; refusal < 5; refusal++) {
            part.refused();
        }
        assertThat(part.value()).isBetween(0.08, 0.15);
        for (int refusal = 0; refusal < 100; refusal++) {
            part.refused();
        }
        assertThat(part.value()).as("never nothing").isPositive();
    }

    @Test
    void whatIsNotSharedAnyMoreComesBackWhole() {
        SharedPart part = new SharedPart(100);
        for (int refusal = 0; refusal < 5; refusal++) {
            part.refused();
        }
        int calls = 0;
        while (!part.isWhole()) {
            part.accepted();
            calls++;
        }
        assertThat(calls).isLessThan(3500);
    }

    @Test
    void whoHasMoreIsGivenLessOfIt() {
        SharedPart large = new SharedPart(100);
        SharedPart small = new SharedPart(100);
        large.refused();
        for (int refusal = 0; refusal < 4; refusal++) {
            small.refused();
        }
        double before = large.value() / small.value();
        for (int round = 0; round < 60; round++) {
            for (int call = 0; call < 100; call++) {
                large.accepted();
                small.accepted();
            }
            large.refused();
            small.refused();
        }
        assertThat(large.value() / small.value()).isLessThan(1 + (before - 1) / 2);
    }
}
