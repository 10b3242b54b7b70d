package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.QuotaFeedback;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Limits whose kind is told, against servers that count that way: nothing is refused, and what the kind allows is
/// used.
final class QuotaKindTest {
    private static final Feedback TWENTY = new Feedback(
            Feedback.Verdict.ACCEPTED,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            new QuotaFeedback(OptionalDouble.of(20), Optional.empty(), OptionalInt.empty(), Optional.empty()));

    private static final QuotaKind SPACING = new QuotaKind.Spacing();

    private static ScopedLimit limit(String text, QuotaKind kind) {
        return new ScopedLimit("token", Limit.parse(text), kind);
    }

    private static Simulation saturated(FakeServer server, PacerSettings settings, Duration length) {
        return new Simulation(settings, 32, 42)
                .server("token", server)
                .demand("/v1/search")
                .run(length);
    }

    private static int accepted(Simulation run) {
        return run.accepted.getOrDefault("token", 0);
    }

    @ParameterizedTest
    @CsvSource({"2/1s,40,3600", "1/60s,20,14400", "10/1s,10,3600", "100/1s,100,600"})
    void aBucketIsEmptiedAndThenUsedAtItsRate(String text, int burst, int seconds) {
        Limit refill = Limit.parse(text);
        double rate = refill.rate() * 1e9;
        Simulation run = saturated(
                WorldServer.bucket(rate, burst, 1),
                KnownLimitTest.settings(limit(text, new QuotaKind.Bucket(burst))),
                Duration.ofSeconds(seconds));
        assertThat(run.refused).isZero();
        assertThat(accepted(run) / (burst + rate * seconds)).isGreaterThan(0.97);
    }

    @ParameterizedTest
    @CsvSource({"10/1s,10,0", "1/1s,1,0", "100/1s,100,0", "10/1s,10,20"})
    void nginxRefusesNothing(String text, int perSecond, int burst) {
        QuotaKind kind = burst == 0 ? SPACING : new QuotaKind.Bucket(burst + 1);
        Simulation run = saturated(
                WorldServer.nginx(perSecond, burst),
                KnownLimitTest.settings(limit(text, kind)),
                Duration.ofMinutes(30));
        assertThat(run.refused).isZero();
        // Without a burst the next call goes one gap after the answer, and answers take 110 ms on average.
        double seconds = 1.0 / perSecond + (burst == 0 ? 0.115 : 0);
        assertThat(accepted(run) * seconds / 1800).isGreaterThan(0.95);
    }

    @ParameterizedTest
    @CsvSource({"150/60s", "1000/60s", "50/5s"})
    void aLogIsUsedAtOnceAndAgainWhenItsWindowIsOver(String text) {
        Limit limit = Limit.parse(text);
        for (ServerKind kind :
                new ServerKind[] {ServerKind.LOG, ServerKind.LOG_COUNTING_REFUSALS, ServerKind.FIXED_WINDOW}) {
            Simulation run = saturated(
                    kind.server(limit),
                    KnownLimitTest.settings(limit(text, new QuotaKind.Sliding(true))),
                    limit.window().multipliedBy(60));
            assertThat(run.refused).as("%s", kind).isZero();
            assertThat(run.share("token", limit)).as("%s", kind).isGreaterThan(0.94);
        }
    }

    @Test
    void aCounterIsUsedWithoutSpreading() {
        Limit limit = Limit.parse("300/15m");
        Simulation run = saturated(
                ServerKind.BLENDED_COUNTER.server(limit),
                KnownLimitTest.settings(limit("300/15m", new QuotaKind.Counter())),
                Duration.ofHours(10));
        assertThat(run.refused).isZero();
        assertThat(run.share("token", limit)).isGreaterThan(0.97);
    }

    @Test
    void aDayInAZoneIsUsedUpWhateverItsLength() {
        ZoneId zone = ZoneId.of("America/Los_Angeles");
        // The day of 25 hours is the second of these; each is used up early, to the last call.
        Instant start = Instant.parse("2026-10-31T20:00:00Z");
        Simulation run = new Simulation(
                        KnownLimitTest.settings(limit("10000/1d", new QuotaKind.Calendar(zone))), 32, 42, start)
                .server("token", WorldServer.daily(10_000, zone, start))
                .demand("/v1/search")
                .run(Duration.ofDays(3));
        assertThat(run.refused).isZero();
        assertThat(accepted(run)).isEqualTo(40_000);
    }

    @Test
    void aWindowFromTheFirstCallIsUsedUp() {
        Limit limit = Limit.parse("60/60s");
        Simulation run = saturated(
                WorldServer.fromFirst(60, limit.window().toNanos()),
                KnownLimitTest.settings(limit("60/60s", new QuotaKind.FromFirst())),
                Duration.ofHours(1));
        assertThat(run.refused).isZero();
        assertThat(run.share("token", limit)).isGreaterThan(0.97);
    }

    @Test
    void callsUnderWayAreKeptToTheirNumberAndAllOfItIsUsed() {
        PacerSettings settings = KnownLimitTest.settings().withInFlight(List.of(new InFlightLimit("token", 10)));
        Simulation run = saturated(WorldServer.concurrent(10, 300_000_000L), settings, Duration.ofMinutes(10));
        assertThat(run.refused).isZero();
        // 300 ms of work and 110 ms on the way.
        assertThat(accepted(run) / 600.0).isGreaterThan(10 / 0.415 * 0.95);
    }

    @Test
    void severalKindsHoldTogether() {
        PacerSettings settings = KnownLimitTest.settings(
                        limit("10/1s", new QuotaKind.Bucket(10)), limit("1000/15m", new QuotaKind.Sliding(false)))
                .withInFlight(List.of(new InFlightLimit("token", 4)));
        FakeServer server =
                WorldServer.both(WorldServer.bucket(10, 10, 1), ServerKind.LOG.server(Limit.parse("1000/15m")));
        Simulation run = saturated(server, settings, Duration.ofHours(5));
        assertThat(run.refused).isZero();
        assertThat(run.share("token", Limit.parse("1000/15m"))).isGreaterThan(0.97);
    }

    @Test
    void aCostIsTakenForEveryCall() {
        ScopedLimit limit = new ScopedLimit(
                "/v1/search", Limit.parse("9000/60s"), new QuotaKind.Sliding(false), 100, Optional.empty());
        Simulation run = new Simulation(KnownLimitTest.settings(limit), 32, 42)
                .server("/v1/search", ServerKind.LOG.server(Limit.parse("90/60s")))
                .demand("/v1/search")
                .run(Duration.ofHours(1));
        assertThat(run.refused).isZero();
        assertThat(run.share("/v1/search", Limit.parse("90/60s"))).isGreaterThan(0.97);
    }

    @Test
    void aCostIsSettledByWhatTheAnswerTells() {
        // The bucket must hold 100 for a call that in the end takes 20, as Shopify's does.
        ScopedLimit limit = new ScopedLimit(
                        "token", Limit.parse("100/1s"), new QuotaKind.Bucket(1000), 100, Optional.empty())
                .settledByAnswers();
        Simulation run = new Simulation(KnownLimitTest.settings(limit), 32, 42)
                .server("token", WorldServer.bucket(100, 1000, 20))
                .acceptance(at -> TWENTY)
                .demand("/v1/search")
                .run(Duration.ofMinutes(10));
        assertThat(run.refused).isZero();
        assertThat(accepted(run) / 3050.0).isGreaterThan(0.95);
    }

    @Test
    void pointsThatAnAnswerTellsAreNoCallsOfAnotherLimit() {
        ScopedLimit points = new ScopedLimit(
                        "token", Limit.parse("100/1s"), new QuotaKind.Bucket(1000), 100, Optional.empty())
                .settledByAnswers();
        ScopedLimit calls = limit("200/60s", new QuotaKind.Sliding(false));
        FakeServer server =
                WorldServer.both(WorldServer.bucket(100, 1000, 20), ServerKind.LOG.server(Limit.parse("200/60s")));
        Simulation run = new Simulation(KnownLimitTest.settings(points, calls), 32, 42)
                .server("token", server)
                .acceptance(at -> TWENTY)
                .demand("/v1/search")
                .run(Duration.ofHours(1));
        assertThat(run.refused).isZero();
        assertThat(run.share("token", Limit.parse("200/60s"))).isGreaterThan(0.97);
    }

    @Test
    void aLimitThatPunishesIsKeptWithAMargin() {
        ScopedLimit limit = new ScopedLimit(
                "token", Limit.parse("1200/5m"), new QuotaKind.Fixed(), 1, Optional.of(Duration.ofMinutes(5)));
        FakeServer server =
                WorldServer.penalising(ServerKind.FIXED_WINDOW.server(Limit.parse("1200/5m")), 300_000_000_000L);
        Simulation run = saturated(server, KnownLimitTest.settings(limit), Duration.ofHours(2));
        assertThat(run.refused).isZero();
        assertThat(run.worstWindow("token", Duration.ofMinutes(5))).isBetween(1100, 1140);
        assertThat(run.share("token", Limit.parse("1200/5m"))).isGreaterThan(0.93);
    }

    @Test
    void aShareIsLeftToOthersOfEveryQuota() {
        PacerSettings settings = KnownLimitTest.settings(
                        limit("100/60s", new QuotaKind.Sliding(false)),
                        new ScopedLimit("/v1/search", Limit.parse("50/60s")))
                .withInFlight(List.of(new InFlightLimit("token", 10)))
                .leaving(0.3);
        Simulation run = new Simulation(settings, 32, 42)
                .server("token", ServerKind.LOG.server(Limit.parse("100/60s")))
                .server("/v1/search", ServerKind.LOG.server(Limit.parse("50/60s")))
                .demand("/v1/search")
                .demand("/v1/streams")
                .run(Duration.ofHours(1));
        assertThat(run.refused).isZero();
        assertThat(run.share("token", Limit.parse("100/60s"))).isBetween(0.66, 0.705);
        assertThat(run.worstWindow("token", Duration.ofMinutes(1))).isLessThanOrEqualTo(70);
        assertThat(run.worstWindow("/v1/search", Duration.ofMinutes(1))).isLessThanOrEqualTo(35);
    }

    @Test
    void aShareIsLeftOfALimitThatIsLearned() {
        Simulation run = saturated(
                ServerKind.LOG.server(Limit.parse("150/60s")),
                KnownLimitTest.settings().leaving(0.3),
                Duration.ofHours(2));
        assertThat(run.share("token", Limit.parse("150/60s"))).isBetween(0.6, 0.72);
        assertThat(run.refused).isLessThanOrEqualTo(10);
    }

    @Test
    void aKindThatIsRefusedAllTheSameIsUndercut() {
        Simulation run = saturated(
                WorldServer.bucket(5, 10, 1),
                KnownLimitTest.settings(limit("10/1s", new QuotaKind.Bucket(10))),
                Duration.ofHours(1));
        assertThat(run.refused / (double) run.sent).isLessThan(0.02);
        assertThat(accepted(run) / (5 * 3600.0)).isGreaterThan(0.8);
    }

    @Test
    void whoWasIdleNeedNotWait() {
        for (ScopedLimit limit : List.of(
                limit("5000/1h", new QuotaKind.Sliding(false)),
                limit("100/1d", new QuotaKind.Fixed()),
                limit("2/1s", new QuotaKind.Bucket(40)))) {
            double rate = 0.24 * limit.limit().rate() * 1e9;
            Duration length = limit.limit().window().multipliedBy(20);
            Simulation run = new Simulation(KnownLimitTest.settings(limit), 0, 42)
                    .server(
                            "token",
                            limit.kind() instanceof QuotaKind.Bucket
                                    ? WorldServer.bucket(2, 40, 1)
                                    : ServerKind.FIXED_WINDOW.server(limit.limit()))
                    .visitors("/v1/search", rate, length)
                    .run(length);
            assertThat(run.refused).isZero();
            assertThat(run.waits).as("%s", limit).isNotEmpty().allMatch(wait -> wait == 0);
        }
    }

    @Test
    void whoWasIdleUnderALimitOfAnUnknownKindWaitsNextToNothing() {
        Limit limit = Limit.parse("5000/1h");
        for (ServerKind kind : ServerKind.values()) {
            Simulation run = new Simulation(KnownLimitTest.settings(new ScopedLimit("token", limit)), 0, 42)
                    .server("token", kind.server(limit))
                    .visitors("/v1/search", 0.24 * 5000 / 3600, Duration.ofHours(20))
                    .run(Duration.ofHours(20));
            assertThat(run.refused).isZero();
            assertThat(run.waits).as("%s", kind).isNotEmpty().allMatch(wait -> wait == 0);
        }
    }
}
