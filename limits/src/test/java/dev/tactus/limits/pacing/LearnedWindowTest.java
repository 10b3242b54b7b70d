package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Windows that nobody told, long ones and odd ones among them.
final class LearnedWindowTest {

    private static Simulation saturated(ServerKind kind, Limit limit) {
        long hours = Math.max(4, 12 * limit.window().toHours());
        return new Simulation(KnownLimitTest.settings(), 32, 42)
                .server("token", kind.server(limit))
                .demand("/v1/search")
                .run(Duration.ofHours(hours));
    }

    @ParameterizedTest
    @CsvSource({
        "1000/20m,0.9,13",
        "500/2m,0.98,7",
        "300/3m,0.97,7",
        "300/15m,0.96,10",
        "600/10m,0.96,10",
        "100/1h,0.96,14"
    })
    void aLongWindowIsFoundInItsFirstRowOfRefusals(String text, double share, int refused) {
        Limit limit = Limit.parse(text);
        for (ServerKind kind : ServerKind.values()) {
            Simulation run = saturated(kind, limit);
            assertThat(run.scope("token").inForce()).as("%s", kind).contains(limit);
            assertThat(run.share("token", limit)).as("%s", kind).isGreaterThan(share);
            assertThat(run.refused).as("%s", kind).isLessThanOrEqualTo(refused);
        }
    }

    @ParameterizedTest
    @CsvSource({"300/100s,0.95", "200/4m,0.92", "40/90s,0.89", "1000/17m,0.7"})
    void underAnOddWindowMostIsUsed(String text, double share) {
        Limit limit = Limit.parse(text);
        Simulation run = saturated(ServerKind.LOG, limit);
        assertThat(run.share("token", limit)).isGreaterThan(share);
        assertThat(run.refused).isLessThanOrEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource({"5000/1h,20"})
    void aProbeThatFailsIsRestedForNoLongerThanItTook(String text, int refused) {
        Limit limit = Limit.parse(text);
        Simulation run = saturated(ServerKind.LOG, limit);
        assertThat(run.share("token", limit)).isGreaterThan(0.98);
        assertThat(run.refused).isLessThanOrEqualTo(refused);
    }
}
