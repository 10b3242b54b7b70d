package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Buckets and spacing that nobody told of, or told only the rate of.
final class LearnedRateTest {
    private static Simulation hours(FakeServer server, PacerSettings settings) {
        return new Simulation(settings, 32, 42)
                .server("token", server)
                .demand("/v1/search")
                .run(Duration.ofHours(4));
    }

    @Test
    void aBucketIsFoundWithFewRefusals() {
        Simulation run = hours(WorldServer.bucket(2, 40, 1), KnownLimitTest.settings());
        assertThat(run.accepted.getOrDefault("token", 0) / (2 * 14_400.0)).isGreaterThan(0.95);
        assertThat(run.refused).isLessThanOrEqualTo(20);
    }

    @Test
    void spacingIsFoundWhereOnlyItsRateWasTold() {
        Simulation run = hours(
                WorldServer.nginx(10, 0), KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("10/1s"))));
        // One gap after each answer, and answers take 110 ms on average: less than half of what the server would serve.
        assertThat(run.accepted.getOrDefault("token", 0) / (14_400 / 0.215)).isGreaterThan(0.93);
        assertThat(run.refused).isLessThanOrEqualTo(20);
    }
}
