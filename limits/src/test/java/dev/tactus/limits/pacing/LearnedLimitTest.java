package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.QuotaFeedback;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Saturated demand under limits that nobody told, in virtual time.
final class LearnedLimitTest {
    private static final Limit LIMIT = Limit.parse("150/60s");
    private static final int HOURS = 4;

    private static PacerSettings settings(String... paths) {
        return new PacerSettings(List.of(), List.of(paths), Duration.ofMinutes(1), Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @EnumSource
    void findsTheLimitWithFewRefusals(ServerKind kind) {
        Simulation run = new Simulation(settings("/v1/search"), 16, 42)
                .server("token", kind.server(LIMIT))
                .demand("/v1/search")
                .run(Duration.ofHours(4));
        assertThat(run.share("token", LIMIT)).isGreaterThanOrEqualTo(0.97);
        assertThat(run.refused).isLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void followsACeilingThatMoves(ServerKind kind) {
        FakeServer server = kind.server(LIMIT);
        Simulation run = new Simulation(settings().withWindow(LIMIT.window(), true), 16, 42)
                .server("token", server)
                .demand("/v1/search")
                .at(Duration.ofMinutes(80), () -> server.permits(100))
                .at(Duration.ofMinutes(160), () -> server.permits(200))
                .run(Duration.ofHours(4));
        // 150, 100 and 200 for 80 minutes each are 150 on average.
        assertThat(run.share("token", LIMIT)).isGreaterThanOrEqualTo(0.94);
        assertThat(run.refused).isLessThanOrEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource
    void leavesAStrangerItsThird(ServerKind kind) {
        Beside run = new Beside(kind, settings().withWindow(LIMIT.window(), true), HOURS * 60);
        assertThat(run.share()).isGreaterThanOrEqualTo(0.88);
        assertThat(run.simulation.refused / (double) run.simulation.sent).isLessThan(0.01);
    }

    @ParameterizedTest
    @EnumSource
    void recognisesAStrangerWithinHalfAnHour(ServerKind kind) {
        Beside run = new Beside(kind, settings(), 30);
        assertThat(run.share()).isGreaterThanOrEqualTo(0.8);
        assertThat(run.simulation.refused).isLessThanOrEqualTo(40);
    }

    /// A run beside a stranger that asks for a third of the limit, at random.
    private static final class Beside {
        final Simulation simulation;
        private final double left;

        Beside(ServerKind kind, PacerSettings settings, int minutes) {
            FakeServer server = kind.server(LIMIT);
            simulation =
                    new Simulation(settings, 16, 42).server("token", server).demand("/v1/search");
            Random stranger = new Random(7);
            double rate = 150 / 60.0 / 3;
            AtomicInteger taken = new AtomicInteger();
            for (double at = 0; at < minutes * 60; at -= Math.log(1 - stranger.nextDouble()) / rate) {
                long moment = (long) (at * 1e9);
                simulation.at(Duration.ofNanos(moment), () -> {
                    boolean counts = server.accepts(moment) || kind == ServerKind.LOG_COUNTING_REFUSALS;
                    taken.addAndGet(counts ? 1 : 0);
                });
            }
            simulation.run(Duration.ofMinutes(minutes));
            left = 150.0 * minutes - taken.get();
        }

        double share() {
            return simulation.accepted.getOrDefault("token", 0) / left;
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsWhereAProvenLimitHasFallen(ServerKind kind) {
        FakeServer server = kind.server(LIMIT);
        Duration fall = Duration.ofMinutes(80);
        Simulation run = new Simulation(settings().withWindow(LIMIT.window(), true), 16, 42)
                .server("token", server)
                .demand("/v1/search")
                .at(fall, () -> server.permits(100))
                .run(fall.plusMinutes(5));
        assertThat(run.refusedAt.stream().filter(at -> at > fall.toMillis()).count())
                .isBetween(1L, 5L);
    }

    @ParameterizedTest
    @EnumSource
    void followsACeilingOfYesterdayThatMovesSoonAfterTheStart(ServerKind kind) {
        Limit moved = Limit.parse("100/60s");
        FakeServer server = kind.server(LIMIT);
        Simulation run = new Simulation(settings(), 16, 42)
                .server("token", server)
                .demand("/v1/search")
                .at(Duration.ofMinutes(10), () -> server.permits(moved.permits()));
        ScopeState.LearnedCeiling yesterday =
                new ScopeState.LearnedCeiling(LIMIT, Instant.EPOCH, Duration.ofMinutes(10));
        run.scope("token").ceiling().restore(yesterday, -Duration.ofHours(8).toNanos(), 0);
        run.run(Duration.ofMinutes(40));
        assertThat(run.scope("token").ceiling().inForce().orElseThrow().permits())
                .isBetween(97, 103);
        assertThat(run.refused).isLessThanOrEqualTo(14);
    }

    @ParameterizedTest
    @EnumSource
    void findsWindowAndCeilingWhereNeitherIsKnown(ServerKind kind) {
        Limit limit = Limit.parse("50/5s");
        Simulation run = new Simulation(settings(), 16, 42)
                .server("token", kind.server(limit))
                .demand("/v1/search")
                .run(Duration.ofHours(1));
        assertThat(run.scope("token").ceiling().window()).isEqualTo(limit.window());
        assertThat(run.share("token", limit)).isGreaterThanOrEqualTo(0.9);
        assertThat(run.refused).isLessThanOrEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource
    void usesMoreOfAShortWindowWhereAFewRefusalsAreTolerated(ServerKind kind) {
        Limit limit = Limit.parse("100/1s");
        PacerSettings strict = KnownLimitTest.settings(new ScopedLimit("token", limit));
        Simulation tolerant = new Simulation(strict.tolerating(0.001), 32, 42)
                .server("token", kind.server(limit))
                .demand("/v1/search")
                .run(Duration.ofMinutes(10));
        assertThat(tolerant.share("token", limit)).isGreaterThanOrEqualTo(0.91);
        assertThat(tolerant.refused / (double) tolerant.sent).isLessThanOrEqualTo(0.001);
    }

    @ParameterizedTest
    @EnumSource
    void believesAServerThatSaysHowLongToWait(ServerKind kind) {
        Simulation run = new Simulation(settings(), 16, 42)
                .server("token", kind.server(LIMIT))
                .refusal(at -> Feedback.throttled(Optional.of(Duration.ofSeconds(20))))
                .demand("/v1/search")
                .run(Duration.ofHours(1));
        assertThat(run.share("token", LIMIT)).isGreaterThanOrEqualTo(0.85);
        assertThat(run.refused).isLessThanOrEqualTo(20);
    }

    @Test
    void blamesTheTokenWhenTwoPathsAreRefusedAtTheSameTotal() {
        Simulation run = new Simulation(settings("/v1/search", "/v1/streams"), 16, 42)
                .server("token", ServerKind.LOG.server(LIMIT))
                .demand("/v1/search")
                .demand("/v1/streams")
                .run(Duration.ofHours(1));
        assertThat(run.scope("token").ceiling().inForce().map(Limit::permits).orElse(0))
                .isBetween(145, 153);
        assertThat(run.scope("/v1/search").ceiling().inForce()).isEmpty();
        assertThat(run.share("token", LIMIT)).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void blamesThePathWhenTheOthersGoOn() {
        Simulation run = new Simulation(settings("/v1/search", "/v1/streams"), 16, 42)
                .server("/v1/search", ServerKind.LOG.server(LIMIT))
                .server("/v1/streams", ServerKind.LOG.server(Limit.parse("400/60s")))
                .demand("/v1/search")
                .demand("/v1/streams")
                .run(Duration.ofHours(1));
        assertThat(run.share("/v1/search", LIMIT)).isGreaterThanOrEqualTo(0.9);
        assertThat(run.share("/v1/streams", Limit.parse("400/60s"))).isGreaterThanOrEqualTo(0.95);
        assertThat(run.refused).isLessThanOrEqualTo(15);
    }

    @Test
    void takesACeilingFromTheHeaders() {
        Scope scope = new Scope("token", List.of(), settings(), 0);
        Feedback stated = new Feedback(
                Feedback.Verdict.ACCEPTED,
                Optional.empty(),
                Optional.of(LIMIT),
                OptionalInt.of(150),
                OptionalInt.empty(),
                Optional.empty(),
                QuotaFeedback.NONE);
        scope.ceiling().advertised(stated, 0);
        assertThat(scope.ceiling().inForce()).contains(LIMIT);
        assertThat(scope.ceiling().isLearned()).isTrue();
    }

    @Test
    void aServerWithoutLimitsIsNotHeldBackForLong() {
        Simulation run = new Simulation(settings(), 64, 42).demand("/v1/search").run(Duration.ofMinutes(5));
        assertThat(run.refused).isZero();
        assertThat(run.accepted.getOrDefault("token", 0)).isGreaterThan(40_000);
    }

    @Test
    void aRefusalBeforeAnyAcceptedCallTeachesNothing() {
        Simulation run = new Simulation(settings(), 4, 42)
                .server("token", at -> at > Duration.ofSeconds(30).toNanos())
                .demand("/v1/search")
                .run(Duration.ofMinutes(2));
        assertThat(run.scope("token").ceiling().inForce()).isEmpty();
        assertThat(run.refused).isLessThanOrEqualTo(6);
    }
}
