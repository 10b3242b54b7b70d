package dev.tactus.limits.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What other servers' limiters are known to get wrong in deciding, each as a test that this one does not.
final class KnownServerMistakesTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final long NOW = 1_795_000_000L * SECOND + 777 * MILLI;

    private static NamedLimit sliding(String name, String limit) {
        return NamedLimit.of(name, new LimitKind.SlidingLog(Limit.parse(limit)));
    }

    private static long admitted(Limiter limiter, QuotaPlan plan, LongStream moments) {
        return moments.filter(now -> limiter.decide(plan.charge(), now) instanceof QuotaDecision.Admitted)
                .count();
    }

    private static LongStream atOnce(int requests, long now) {
        return LongStream.generate(() -> now).limit(requests);
    }

    /// Bucket4j lets 199 of "100 per minute" through, Resilience4j and Failsafe 200, Guava 102, GCRA 199.
    @Test
    void idlingSavesUpNoSecondHundred() {
        QuotaPlan plan = QuotaPlan.of(sliding("quota", "100/60s"));
        Limiter limiter = new Limiter(plan, NOW - 600 * SECOND);
        LongStream greedy = IntStream.range(0, 5999).mapToLong(step -> NOW + step * 10L * MILLI);
        assertThat(admitted(limiter, plan, greedy)).isEqualTo(100);
    }

    /// Resilience4j's and Kong's cycles let 200 through around the edge of two.
    @Test
    void noHundredMoreAroundTheEdgeOfAMinute() {
        QuotaPlan plan = QuotaPlan.of(sliding("quota", "100/60s"));
        Limiter limiter = new Limiter(plan, NOW);
        long edge = Math.ceilDiv(NOW, 60 * SECOND) * 60 * SECOND;
        assertThat(admitted(limiter, plan, atOnce(150, edge - 1))).isEqualTo(100);
        assertThat(admitted(limiter, plan, atOnce(150, edge))).isZero();
        assertThat(admitted(limiter, plan, atOnce(150, edge + 59 * SECOND))).isZero();
    }

    /// Failsafe refills a bucket beyond its capacity after a deficit: 49 where 5 were allowed.
    @Test
    void aBucketIsNeverFullerThanItsBurst() {
        QuotaPlan plan = QuotaPlan.of(NamedLimit.of("bucket", new LimitKind.TokenBucket(Limit.parse("5/1s"), 5)));
        Limiter limiter = new Limiter(plan, NOW);
        assertThat(admitted(limiter, plan, atOnce(1000, NOW))).isEqualTo(5);
        assertThat(admitted(limiter, plan, atOnce(1000, NOW + 10 * SECOND))).isEqualTo(5);
        assertThat(admitted(limiter, plan, atOnce(1000, NOW + 10 * SECOND + 200 * MILLI)))
                .isEqualTo(1);
    }

    /// The asyncio bucket usually copied grants twice its rate for ever: its refill counts the time waited twice.
    @Test
    void aBucketKeepsItsRateForEver() {
        QuotaPlan plan = QuotaPlan.of(NamedLimit.of("bucket", new LimitKind.TokenBucket(Limit.parse("180/60s"), 1)));
        Limiter limiter = new Limiter(plan, NOW);
        long now = NOW;
        int granted = 0;
        while (now < NOW + 3600 * SECOND) {
            if (limiter.decide(plan.charge(), now) instanceof QuotaDecision.Refused refused) {
                now = refused.retryAtNanos();
            } else {
                granted++;
            }
        }
        assertThat(granted).isEqualTo(60 * 180);
    }

    /// Redpanda Connect's limiter makes 360 a minute of 180; one limit asked all the time gives what it says.
    @Test
    void saturatedDemandGetsJustTheLimit() {
        QuotaPlan plan = QuotaPlan.of(sliding("quota", "180/60s"));
        Limiter limiter = new Limiter(plan, NOW);
        LongStream flood = IntStream.range(0, 600_000).mapToLong(step -> NOW + step * MILLI);
        assertThat(admitted(limiter, plan, flood)).isEqualTo(10 * 180);
    }

    /// redis-cell never limits 1000/60: its whole arithmetic is in seconds. Spring admits everything with a burst below
    /// half its rate, and 200 across a second's edge at rate 100.
    @Test
    void noRateIsRoundedAway() {
        for (String limit : List.of("1000/60s", "999/1s", "7/1000s", "1000/1ms", "1/366d", "100000/7s")) {
            Limit parsed = Limit.parse(limit);
            for (LimitKind kind : List.of(
                    new LimitKind.SlidingLog(parsed),
                    new LimitKind.FixedWindow(parsed, LimitKind.WindowStart.EPOCH),
                    new LimitKind.FixedWindow(parsed, LimitKind.WindowStart.FIRST_REQUEST),
                    new LimitKind.TokenBucket(parsed, parsed.permits()),
                    new LimitKind.TokenBucket(parsed, 1),
                    new LimitKind.Spacing(parsed))) {
                QuotaPlan plan = QuotaPlan.of(NamedLimit.of("quota", kind));
                Limiter limiter = new Limiter(plan, NOW);
                assertThat(admitted(limiter, plan, atOnce(100_001, NOW)))
                        .as("%s", kind)
                        .isEqualTo(kind.permits());
            }
        }
    }

    @Test
    void aBurstBelowHalfTheRateStillLimits() {
        QuotaPlan plan = QuotaPlan.of(NamedLimit.of("bucket", new LimitKind.TokenBucket(Limit.parse("100/1s"), 40)));
        Limiter limiter = new Limiter(plan, NOW);
        LongStream flood = IntStream.range(0, 10_000).mapToLong(step -> NOW + step * MILLI);
        assertThat(admitted(limiter, plan, flood)).isEqualTo(40 + 999);
    }

    /// nginx at "100r/s" admits 1 of 150 back-to-back without a burst, and 199 in a second with burst=99 nodelay;
    /// Apigee's spike arrest of 100 a second refuses the second request within 10 ms.
    @Test
    void anHonestBurstOfAHundredPassesASpikeArrestOfAHundred() {
        QuotaPlan plan = QuotaPlan.of(NamedLimit.of("spike", LimitKind.spikeArrest(100)));
        Limiter limiter = new Limiter(plan, NOW);
        assertThat(admitted(limiter, plan, atOnce(150, NOW))).isEqualTo(100);
        LongStream rest = IntStream.range(1, 1000).mapToLong(step -> NOW + step * MILLI);
        assertThat(admitted(limiter, plan, rest)).isZero();
        assertThat(admitted(limiter, plan, atOnce(150, NOW + SECOND))).isEqualTo(100);
    }

    /// Envoy's service charges a request to one limit though another refuses it.
    @Test
    void whatOneLimitRefusesIsNotChargedToAnother() {
        QuotaPlan plan = QuotaPlan.of(sliding("quota", "1000/60s"), sliding("spike", "10/1s"));
        Limiter limiter = new Limiter(plan, NOW);
        assertThat(admitted(limiter, plan, atOnce(5000, NOW))).isEqualTo(10);
        assertThat(limiter.standing(plan, NOW))
                .extracting(RemainingQuota::remaining)
                .containsExactly(990, 0);
    }

    /// Airbyte applies the first policy that matches: an endpoint's 50 beside everybody's 100 let 150 through.
    @Test
    void everyLimitThatAppliesHoldsNotOnlyTheFirst() {
        QuotaPlan plan = QuotaPlan.of(sliding("search", "50/60s"), sliding("all", "100/60s"));
        Limiter limiter = new Limiter(plan, NOW);
        Charge elsewhere = plan.charge().withCost("search", 0);
        assertThat(admitted(limiter, plan, atOnce(200, NOW))).isEqualTo(50);
        assertThat(atOnce(200, NOW)
                        .filter(now -> limiter.decide(elsewhere, now) instanceof QuotaDecision.Admitted)
                        .count())
                .isEqualTo(50);
    }

    /// After a refusal Airbyte grants 98 at once: a count used as a boolean.
    @Test
    void afterARefusalNotOneMoreIsGranted() {
        QuotaPlan plan = QuotaPlan.of(sliding("quota", "100/60s"));
        Limiter limiter = new Limiter(plan, NOW);
        assertThat(admitted(limiter, plan, atOnce(101, NOW))).isEqualTo(100);
        assertThat(admitted(limiter, plan, atOnce(98, NOW + SECOND))).isZero();
    }

    /// Sliding counters guess the last window to have been even: Cloudflare's lets in more, or fewer, than N.
    @Test
    void theWindowIsCountedNotEstimated() {
        QuotaPlan plan = QuotaPlan.of(sliding("quota", "100/60s"));
        Limiter limiter = new Limiter(plan, NOW);
        long start = Math.ceilDiv(NOW, 60 * SECOND) * 60 * SECOND;
        assertThat(admitted(limiter, plan, atOnce(100, start + 59 * SECOND))).isEqualTo(100);
        assertThat(admitted(limiter, plan, atOnce(100, start + 118 * SECOND))).isZero();
        assertThat(admitted(limiter, plan, atOnce(100, start + 119 * SECOND + 96)))
                .isEqualTo(100);
    }

    /// Of a wait that is rounded down, `Retry-After: 0` is left.
    @Test
    void theToldWaitIsNeverZero() {
        QuotaPlan plan = QuotaPlan.of(sliding("quota", "1/1s"));
        Limiter limiter = new Limiter(plan, NOW);
        assertThat(admitted(limiter, plan, atOnce(1, NOW))).isEqualTo(1);
        switch (limiter.decide(plan.charge(), NOW + SECOND - 1)) {
            case QuotaDecision.Refused refused ->
                assertThat(refused.waitNanos(NOW + SECOND - 1)).isEqualTo(1);
            case QuotaDecision.Admitted admitted -> throw new AssertionError(admitted);
        }
    }

    /// A clock that is set back must not open a window anew.
    @Test
    void aClockThatIsSetBackGrantsNothing() {
        for (LimitKind kind : List.of(
                LimitKind.spikeArrest(5),
                new LimitKind.FixedWindow(Limit.parse("5/1s"), LimitKind.WindowStart.EPOCH),
                new LimitKind.FixedWindow(Limit.parse("5/1s"), LimitKind.WindowStart.FIRST_REQUEST),
                new LimitKind.TokenBucket(Limit.parse("5/1s"), 5))) {
            QuotaPlan plan = QuotaPlan.of(NamedLimit.of("quota", kind));
            Limiter limiter = new Limiter(plan, NOW);
            assertThat(admitted(limiter, plan, atOnce(10, NOW))).isEqualTo(5);
            for (Duration back : List.of(Duration.ofNanos(1), Duration.ofSeconds(5), Duration.ofDays(400))) {
                assertThat(admitted(limiter, plan, atOnce(10, NOW - back.toNanos())))
                        .as("%s", kind)
                        .isZero();
            }
        }
    }
}
