package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
    void aSlowBucketIsFoundToo() {
        Simulation run = new Simulation(KnownLimitTest.settings(), 32, 42)
                .server("token", WorldServer.bucket(1 / 60.0, 20, 1))
                .demand("/v1/search")
                .run(Duration.ofHours(12));
        assertThat(run.accepted.getOrDefault("token", 0) / 720.0).isGreaterThan(0.97);
        assertThat(run.refused).isLessThanOrEqualTo(18);
    }

    @Test
    void spacingIsFoundWhereOnlyItsRateWasTold() {
        Simulation run = hours(
                WorldServer.nginx(10, 0), KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("10/1s"))));
        // One gap after each answer, and answers take 110 ms on average: less than half of what the server would serve.
        assertThat(run.accepted.getOrDefault("token", 0) / (14_400 / 0.215)).isGreaterThan(0.93);
        assertThat(run.refused).isLessThanOrEqualTo(20);
    }

    @Test
    void spacingIsFoundWhereNothingWasTold() {
        Simulation run = hours(WorldServer.nginx(10, 0), KnownLimitTest.settings());
        assertThat(run.accepted.getOrDefault("token", 0) / (14_400 / 0.215)).isGreaterThan(0.93);
        assertThat(run.refused).isLessThanOrEqualTo(10);
    }

    @Test
    void spacingIsFoundByCallsThatComeAtRandom() {
        for (int seed = 42; seed < 46; seed++) {
            Simulation run = new Simulation(KnownLimitTest.settings(), 0, seed)
                    .server("token", WorldServer.nginx(1, 0))
                    .visitors("/v1/search", 0.3, Duration.ofHours(1))
                    .run(Duration.ofHours(1));
            assertThat(run.refused).isLessThanOrEqualTo(6);
            assertThat(run.waits.stream().mapToLong(wait -> wait).average().orElse(0) / 1e9)
                    .as("seed %s", seed)
                    .isLessThan(20);
        }
    }

    @Test
    void aRateThatWasFittedToFewAnswersIsRaised() {
        Simulation run = new Simulation(KnownLimitTest.settings(), 0, 42)
                .server("token", WorldServer.nginx(3, 0))
                .visitors("/v1/search", 0.9, Duration.ofHours(1))
                .run(Duration.ofHours(1));
        assertThat(run.refused).isLessThanOrEqualTo(10);
        assertThat(run.waits.stream().mapToLong(wait -> wait).average().orElse(0) / 1e9)
                .isLessThan(60);
    }

    @Test
    void aLargeBucketIsNotTakenForSpacing() {
        Simulation run = new Simulation(KnownLimitTest.settings(), 32, 42)
                .server("token", WorldServer.bucket(25, 250, 1))
                .demand("/v1/search")
                .run(Duration.ofHours(1));
        assertThat(run.accepted.getOrDefault("token", 0) / (25 * 3600.0)).isGreaterThan(0.9);
        assertThat(run.refused).isLessThanOrEqualTo(15);
    }

    @Test
    void oneCallASecondIsNotTakenForMore() {
        Simulation run = hours(WorldServer.nginx(1, 0), KnownLimitTest.settings());
        assertThat(run.accepted.getOrDefault("token", 0) / (14_400 / 1.11)).isGreaterThan(0.9);
        assertThat(run.refused).isLessThanOrEqualTo(10);
    }

    /// Kept as text, as a ledger does.
    private static List<ScopeState> saved(Simulation run) {
        return run.save().stream()
                .map(ScopeState::encode)
                .map(ScopeState::parse)
                .toList();
    }

    @Test
    void aBucketThatWasFoundComesBackAfterARestart() {
        List<ScopeState> saved = saved(hours(WorldServer.bucket(2, 40, 1), KnownLimitTest.settings()));
        ScopeState.LearnedCeiling learned = saved.getFirst().learned().orElseThrow();
        // Found to within a call: arrivals are known to within a round trip.
        assertThat(learned.burst().orElseThrow()).isBetween(1, 41);
        assertThat(learned.limit().rate() * 1e9).isBetween(1.9, 2.0);

        Simulation next = new Simulation(KnownLimitTest.settings(), 32, 7)
                .restored(saved)
                .server("token", WorldServer.bucket(2, 40, 1))
                .demand("/v1/search")
                .run(Duration.ofMinutes(30));
        assertThat(next.refused).isLessThanOrEqualTo(1);
        assertThat(next.accepted.getOrDefault("token", 0) / (2 * 1800.0)).isGreaterThan(0.93);
        assertThat(saved(next).getFirst().learned().orElseThrow().burst()).isPresent();
    }

    @Test
    void aBucketIsTakenToBeEmptyAfterARestart() {
        Instant then = Instant.parse("2026-10-01T00:00:00Z");
        ScopeState state = new ScopeState(
                "token",
                then,
                List.of(),
                Optional.of(new ScopeState.LearnedCeiling(
                        Limit.parse("120/60s"), then, Duration.ofHours(3), OptionalInt.of(40))),
                Optional.empty());
        assertThat(atOnce(state, then)).isZero();
        assertThat(atOnce(state, then.plusSeconds(30)))
                .as("its process may have lived until now")
                .isZero();
        assertThat(atOnce(state, then.plusSeconds(70)))
                .as("a minute after it saved it was dead")
                .isBetween(18, 20);
        assertThat(atOnce(state, then.plusSeconds(7200))).isEqualTo(40);
    }

    /// How many calls may go at that moment.
    private static int atOnce(ScopeState state, Instant now) {
        PacerCore core = new PacerCore(KnownLimitTest.settings(), 0);
        new ScopeStateConverter(0, now).into(core.scopes().getFirst(), state);
        PathClass kind = core.classOf("/a");
        int calls = 0;
        while (core.decide(kind, 0) instanceof PacerCore.Decision.Go) {
            core.send(kind, 0);
            calls++;
        }
        return calls;
    }
}
