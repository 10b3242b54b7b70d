package dev.tactus.limits.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How long to rest where limits are told.
final class RefusalBackoffTest {
    private static final Limit FIVE_MINUTES = Limit.parse("1500/5m");
    private static final Limit MINUTE = Limit.parse("60/60s");
    private static final Limit DAY = Limit.parse("5000/1d");

    @Test
    void aRestEndsWithTheWindowThatWasFull() {
        assertThat(rest(272, 5, FIVE_MINUTES)).isBetween(28L, 40L);
        assertThat(rest(100, 4, FIVE_MINUTES)).isBetween(140L, 210L);
        assertThat(rest(0, 1, FIVE_MINUTES)).isLessThan(2);
    }

    @Test
    void whoIsRefusedStillWhenItIsOverRestsForAnother() {
        assertThat(rest(310, 6, FIVE_MINUTES)).isEqualTo(300);
    }

    @Test
    void theShortestWindowIsWaitedForFirst() {
        assertThat(rest(30, 4, DAY, MINUTE)).isLessThanOrEqualTo(32);
        assertThat(rest(70, 5, DAY, MINUTE)).as("then the row's length again").isBetween(50L, 80L);
        assertThat(rest(7200, 12, DAY, MINUTE)).isEqualTo(7200);
        assertThat(rest(80_000, 15, DAY, MINUTE)).isLessThan(10_000);
    }

    private static long rest(long sinceSeconds, int inARow, Limit... limits) {
        long since = Duration.ofSeconds(sinceSeconds).toNanos();
        return Duration.ofNanos(RefusalBackoff.told(List.of(limits), since, inARow))
                .toSeconds();
    }
}
