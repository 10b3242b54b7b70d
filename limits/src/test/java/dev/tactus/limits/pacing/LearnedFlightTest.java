package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeState;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Limits of calls under way at once that nobody told.
final class LearnedFlightTest {
    private static final long SERVICE = 300_000_000;

    private static Simulation saturated(FakeServer server, long seed, Duration length) {
        return new Simulation(KnownLimitTest.settings(), 32, seed)
                .server("token", server)
                .demand("/v1/search")
                .run(length);
    }

    @ParameterizedTest
    @CsvSource({"10,42", "10,43", "3,42", "3,43", "5,44", "20,42"})
    void callsUnderWayExplainTheirRefusals(int calls, long seed) {
        Simulation run = saturated(WorldServer.concurrent(calls, SERVICE), seed, Duration.ofHours(2));
        assertThat(run.scope("token").inFlightHeld().orElse(0)).isBetween(calls - 1, calls + 1);
        // 300 ms of work and 115 ms on the way.
        assertThat(run.accepted.getOrDefault("token", 0) / (7200 * calls / 0.415))
                .isGreaterThan(0.93);
        assertThat(run.refused).isLessThanOrEqualTo(12);
    }

    @Test
    void aWindowIsNotTakenForThem() {
        for (String text : List.of("100/1s", "50/5s", "150/60s", "1000/60s")) {
            for (ServerKind kind : ServerKind.values()) {
                Simulation run = saturated(kind.server(Limit.parse(text)), 42, Duration.ofMinutes(40));
                assertThat(run.scope("token").inFlightHeld())
                        .as("%s %s", text, kind)
                        .isEmpty();
            }
        }
    }

    @Test
    void moreIsTriedAndTheLimitFollowed() {
        Simulation run = saturated(WorldServer.concurrent(4, SERVICE), 42, Duration.ofMinutes(30));
        run.server("token", WorldServer.concurrent(8, SERVICE)).run(Duration.ofHours(4));
        assertThat(run.scope("token").inFlightHeld()).isEqualTo(OptionalInt.of(8));
        run.server("token", WorldServer.concurrent(5, SERVICE)).run(Duration.ofHours(1));
        assertThat(run.scope("token").inFlightHeld()).isEqualTo(OptionalInt.of(5));
        assertThat(run.refused).isLessThanOrEqualTo(25);
    }

    @Test
    void theyComeBackAfterARestart() {
        Simulation run = saturated(WorldServer.concurrent(10, SERVICE), 42, Duration.ofHours(1));
        List<ScopeState> saved = run.save().stream()
                .map(ScopeState::encode)
                .map(ScopeState::parse)
                .toList();
        assertThat(saved.getFirst().inFlight()).isEqualTo(OptionalInt.of(10));
        Simulation next = new Simulation(KnownLimitTest.settings(), 32, 7)
                .restored(saved)
                .server("token", WorldServer.concurrent(10, SERVICE))
                .demand("/v1/search")
                .run(Duration.ofMinutes(5));
        assertThat(next.refused).isZero();
        assertThat(next.accepted.getOrDefault("token", 0) / (300 * 10 / 0.415)).isGreaterThan(0.95);
    }
}
