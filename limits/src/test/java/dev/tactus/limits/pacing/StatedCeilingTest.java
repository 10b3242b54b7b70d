package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaFeedback;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A ceiling that headers state is the ceiling: nobody climbs above it to see.
final class StatedCeilingTest {

    @ParameterizedTest
    @CsvSource({"300,900,6", "5000,3600,30", "50,5,1", "100,10,1", "60,60,2"})
    void isFoundFromPermitsAndResetAndNotExceeded(int permits, int seconds, int hours) {
        long window = seconds * 1_000_000_000L;
        FakeServer server = FakeServer.fixedWindow(permits, window);
        Simulation run = new Simulation(KnownLimitTest.settings(), 32, 42)
                .server("token", server)
                .acceptance(at -> stated(permits, window, at))
                .demand("/v1/search")
                .run(Duration.ofHours(hours));
        Limit limit = new Limit(permits, Duration.ofSeconds(seconds));
        assertThat(run.scope("token").ceiling().inForce()).contains(limit);
        assertThat(run.refused).isLessThanOrEqualTo(2);
        assertThat(run.share("token", limit)).isGreaterThan(seconds < 60 ? 0.85 : 0.95);
    }

    /// Permits and the time until the window ends, as most headers have it: whole seconds, and no window.
    private static Feedback stated(int permits, long window, long at) {
        long rest = Math.ceilDiv(window - at % window, 1_000_000_000L);
        return new Feedback(
                Feedback.Verdict.ACCEPTED,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(permits),
                OptionalInt.empty(),
                Optional.of(Duration.ofSeconds(rest)),
                QuotaFeedback.NONE);
    }
}
