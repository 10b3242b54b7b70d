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

    /// A batch of all that the headers allow goes at once; a day's quota is spread.
    @ParameterizedTest
    @CsvSource({"700,60,700", "5000,3600,4000", "9000,86400,10"})
    void whatHeadersTellMayBeUsedAtOnceAfterIdling(int permits, int seconds, int atOnce) {
        PacerCore core = new PacerCore(KnownLimitTest.settings(), 0);
        PathClass kind = core.classOf("/v1/search");
        long window = seconds * 1_000_000_000L;
        Permit.Outcome said = new Permit.Outcome.Answered(stated(permits, window, 0));
        core.end(core.send(kind, 0), said, 1);
        core.end(core.send(kind, 2), said, 3);
        long later = 3 * window;
        int gone = 0;
        while (gone < permits && core.decide(kind, later) instanceof PacerCore.Decision.Go) {
            core.end(core.send(kind, later), said, later);
            gone++;
        }
        if (seconds > 3600) {
            assertThat(gone).isLessThan(atOnce);
        } else {
            assertThat(gone).isGreaterThan(atOnce * 9 / 10);
        }
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
