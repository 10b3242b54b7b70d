package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaFeedback;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.learning.ToldRemainder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Headers that count something else than the calls of the limit, and headers that tell a window by its resets alone.
final class ToldRemainderTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    /// GitLab: 7,200 an hour, of which headers tell a minute's part and what an hour's calls leave of it.
    @Test
    void whatIsAcceptedAgainAndAgainRefutesThatNothingRemains() {
        int[] counted = new int[1];
        Simulation run = new Simulation(
                        KnownLimitTest.settings(
                                new ScopedLimit("token", Limit.parse("7200/1h"), new QuotaKind.Fixed())),
                        32,
                        42)
                .server("token", FakeServer.fixedWindow(7200, HOUR))
                .acceptance(at -> left(120, Math.max(0, 120 - ++counted[0]), HOUR, at))
                .demand("/v1/search")
                .run(Duration.ofHours(1));
        assertThat(run.accepted.getOrDefault("token", 0)).isGreaterThan(7000);
        assertThat(run.refused).isZero();
    }

    @Test
    void thatNothingRemainsIsBelievedTheFirstTime() {
        ToldRemainder told = new ToldRemainder();
        assertThat(told.isBelieved(HOUR)).isTrue();
        assertThat(told.isBelieved(HOUR + 1)).isTrue();
        assertThat(told.isBelieved(2 * HOUR)).as("another window").isTrue();
        assertThat(told.isBelieved(2 * HOUR + 1)).isTrue();
        assertThat(told.isBelieved(2 * HOUR + 2)).isFalse();
        assertThat(told.isBelieved(3 * HOUR)).as("no longer").isFalse();
    }

    /// Discord: 5 in 5 s, and no header says so.
    @ParameterizedTest
    @CsvSource({"5,5", "20,10", "30,15"})
    void aWindowIsToldByItsResets(int permits, int seconds) {
        long window = Duration.ofSeconds(seconds).toNanos();
        Simulation run = new Simulation(KnownLimitTest.settings(), 32, 42)
                .server("token", FakeServer.fixedWindow(permits, window))
                .acceptance(at -> left(permits, permits - 1, window, at))
                .demand("/v1/search")
                .run(Duration.ofHours(4));
        Limit limit = new Limit(permits, Duration.ofSeconds(seconds));
        assertThat(run.scope("token").ceiling().inForce()).contains(limit);
        assertThat(run.refused).isLessThanOrEqualTo(2);
    }

    private static Feedback left(int permits, int remaining, long window, long at) {
        return new Feedback(
                Feedback.Verdict.ACCEPTED,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(permits),
                OptionalInt.of(remaining),
                Optional.of(Duration.ofNanos(window - at % window)),
                QuotaFeedback.NONE);
    }
}
