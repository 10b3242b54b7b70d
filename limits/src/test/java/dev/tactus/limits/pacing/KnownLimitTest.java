package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.leases.PacedLimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Saturated demand under limits that are known, in virtual time, against servers of every kind.
final class KnownLimitTest {

    @ParameterizedTest
    @EnumSource
    void uses98PercentAndIsNeverRefused(ServerKind kind) {
        for (String text : new String[] {"150/60s", "180/60s", "1000/60s"}) {
            Limit limit = Limit.parse(text);
            // What the first window costs is 2 % of fifty.
            Duration length = limit.window().multipliedBy(limit.permits() < 1000 ? 120 : 50);
            Simulation run = new Simulation(settings(new ScopedLimit("token", limit)), 16, 42)
                    .server("token", kind.server(limit))
                    .demand("/v1/search")
                    .run(length);
            assertThat(run.share("token", limit)).as(text).isGreaterThanOrEqualTo(0.98);
            assertThat(run.refused).as(text).isZero();
            assertThat(run.worstWindow("token", limit.window())).isLessThanOrEqualTo(limit.permits());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTokenAndPathAtOnce(ServerKind kind) {
        Limit token = Limit.parse("180/60s");
        Limit search = Limit.parse("100/60s");
        PacerSettings settings = settings(new ScopedLimit("token", token), new ScopedLimit("/v1/search", search));
        Simulation both = new Simulation(settings, 16, 42)
                .server("token", kind.server(token))
                .server("/v1/search", kind.server(search))
                .demand("/v1/search")
                .demand("/v1/streams")
                .run(Duration.ofHours(1));
        assertThat(both.share("token", token)).isGreaterThanOrEqualTo(0.98);
        assertThat(both.share("/v1/search", search)).isGreaterThanOrEqualTo(0.85);
        assertThat(both.refused).isZero();
        Simulation searching = new Simulation(settings, 16, 43)
                .server("token", kind.server(token))
                .server("/v1/search", kind.server(search))
                .demand("/v1/search")
                .run(Duration.ofHours(1));
        assertThat(searching.share("/v1/search", search)).isGreaterThanOrEqualTo(0.975);
        assertThat(searching.refused).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/1s", "2/10s", "3/1s", "10/1s", "50/5s", "100/1s"})
    void keepsSmallAndShortLimitsToo(String text) {
        Limit limit = Limit.parse(text);
        for (ServerKind kind : ServerKind.values()) {
            if (kind == ServerKind.BLENDED_COUNTER && limit.permits() < PacedLimit.BLENDED) {
                continue;
            }
            Simulation run = new Simulation(settings(new ScopedLimit("token", limit)), 16, 42)
                    .server("token", kind.server(limit))
                    .demand("/v1/search")
                    .run(limit.window().multipliedBy(120));
            assertThat(run.refused).isZero();
            assertThat(run.share("token", limit)).isGreaterThanOrEqualTo(limit.permits() >= 50 ? 0.86 : 0.45);
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsACeilingThatIsLoweredAndRaisedAgain(ServerKind kind) {
        Limit limit = Limit.parse("150/60s");
        Simulation run = new Simulation(settings(new ScopedLimit("token", limit)), 16, 42)
                .server("token", kind.server(limit))
                .demand("/v1/search")
                .run(Duration.ofMinutes(30));
        run.server("token", kind.server(Limit.parse("100/60s"))).run(Duration.ofMinutes(60));
        assertThat(run.refused).isLessThan(40);
        assertThat(run.scope("token").ceiling().isLearned()).isTrue();
        int lowered = run.accepted.getOrDefault("token", 0) - 30 * 148;
        assertThat(lowered).isBetween(60 * 88, 60 * 101 + 10);
        run.server("token", kind.server(limit)).run(Duration.ofMinutes(60));
        assertThat(run.scope("token").ceiling().inForce()).contains(limit);
        assertThat(run.scope("token").ceiling().isLearned()).isFalse();
    }

    static PacerSettings settings(ScopedLimit... known) {
        return new PacerSettings(List.of(known), List.of(), Duration.ofMinutes(1), Duration.ofSeconds(2));
    }
}
