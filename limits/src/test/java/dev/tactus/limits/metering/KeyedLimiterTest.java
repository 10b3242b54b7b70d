package dev.tactus.limits.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyedLimiterTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long NOW = 1_795_000_000L * SECOND;
    private static final NamedLimit QUOTA = NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("1000/60s")));
    private static final NamedLimit SPIKE = NamedLimit.of("spike", LimitKind.spikeArrest(100));
    private final KeyedLimiter<String> limiter = new KeyedLimiter<>();

    private long admitted(String key, Charge charge, int requests, long now) {
        return IntStream.range(0, requests)
                .filter(each -> limiter.decide(key, charge, now) instanceof QuotaDecision.Admitted)
                .count();
    }

    private QuotaDecision.Refused refused(String key, Charge charge, long now) {
        return switch (limiter.decide(key, charge, now)) {
            case QuotaDecision.Refused refused -> refused;
            case QuotaDecision.Admitted admitted -> throw new AssertionError(admitted);
        };
    }

    @Test
    void tellsEveryLimitThatRefusesAndTheLongestWaitDecides() {
        QuotaPlan plan = QuotaPlan.of(QUOTA, SPIKE);
        for (int second = 0; second < 10; second++) {
            assertThat(admitted("app", plan.charge(), 150, NOW + second * SECOND))
                    .isEqualTo(100);
        }
        QuotaDecision.Refused refused = refused("app", plan.charge(), NOW + 9 * SECOND + 7);
        assertThat(refused.refusals()).extracting(QuotaDecision.Refusal::limit).containsExactly(QUOTA, SPIKE);
        assertThat(refused.deciding().limit()).isEqualTo(QUOTA);
        assertThat(refused.retryAtNanos()).isBetween(NOW + 60 * SECOND, NOW + 60 * SECOND + 96);
        assertThat(refused.refusals().getLast().retryAtNanos()).isEqualTo(NOW + 10 * SECOND);
        assertThat(limiter.decide("app", plan.charge(), refused.retryAtNanos()))
                .isEqualTo(new QuotaDecision.Admitted(List.of()));
    }

    @Test
    void strangersShareNothing() {
        QuotaPlan plan = QuotaPlan.of(SPIKE);
        assertThat(admitted("one", plan.charge(), 200, NOW)).isEqualTo(100);
        assertThat(admitted("two", plan.charge(), 200, NOW)).isEqualTo(100);
    }

    @Test
    void aLimitOnTrialTellsAndDoesNotRefuse() {
        NamedLimit trial = NamedLimit.of("trial", LimitKind.spikeArrest(10)).inShadow();
        QuotaPlan plan = QuotaPlan.of(SPIKE, trial);
        assertThat(admitted("app", plan.charge(), 10, NOW)).isEqualTo(10);
        assertThat(limiter.decide("app", plan.charge(), NOW))
                .isEqualTo(new QuotaDecision.Admitted(List.of(new QuotaDecision.Refusal(trial, NOW + SECOND))));
        assertThat(admitted("app", plan.charge(), 200, NOW)).isEqualTo(89);
    }

    @Test
    void aLimitThatDoesNotApplyIsNeitherAskedNorCharged() {
        QuotaPlan plan = QuotaPlan.of(QUOTA, SPIKE);
        Charge free = plan.charge().withCost("spike", 0);
        assertThat(admitted("app", free, 500, NOW)).isEqualTo(500);
        assertThat(limiter.standing("app", plan, NOW))
                .containsExactly(
                        new RemainingQuota(
                                QUOTA,
                                1000,
                                500,
                                limiter.standing("app", plan, NOW).getFirst().nextAtNanos(),
                                limiter.standing("app", plan, NOW).getFirst().fullAtNanos()),
                        new RemainingQuota(SPIKE, 100, 100, NOW, NOW));
    }

    @Test
    void aCostThatCouldNeverBeGrantedIsRefusedAtConstruction() {
        QuotaPlan plan = QuotaPlan.of(SPIKE, NamedLimit.of("gap", LimitKind.smoothedSpikeArrest(10)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.charge().withCost("spike", 101))
                .withMessageContaining("from 0 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.charge().withCost("gap", 2))
                .withMessageContaining("from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.charge().withCost("quota", 1))
                .withMessageContaining("[spike, gap]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuotaPlan.of(SPIKE, SPIKE))
                .withMessageContaining("\"spike\"");
    }

    @Test
    void aKeyWhosePlanChangesKeepsByNameWhatItHasUsed() {
        QuotaPlan plan = QuotaPlan.of(QUOTA, SPIKE);
        assertThat(admitted("app", plan.charge(), 100, NOW)).isEqualTo(100);
        NamedLimit half = NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("150/60s")));
        QuotaPlan restricted = QuotaPlan.of(half);
        assertThat(admitted("app", restricted.charge(), 100, NOW + SECOND)).isEqualTo(50);
        assertThat(admitted("app", QuotaPlan.of(half).charge(), 100, NOW + 30 * SECOND))
                .isZero();
    }

    @Test
    void aKeyIsRememberedWhileALimitThatItHadStillCounts() {
        Charge both = QuotaPlan.of(QUOTA, SPIKE).charge();
        assertThat(admitted("app", both.withCost("quota", 1000), 1, NOW)).isEqualTo(1);
        Charge one = QuotaPlan.of(SPIKE).charge();
        assertThat(admitted("app", one, 1, NOW + SECOND)).isEqualTo(1);
        limiter.forgetIdle(NOW + 50 * SECOND);
        assertThat(limiter.size()).isEqualTo(1);
        assertThat(limiter.standing("app", both.plan(), NOW + 50 * SECOND)
                        .getFirst()
                        .remaining())
                .isZero();
        assertThat(admitted("app", both, 1, NOW + 50 * SECOND)).isZero();
        assertThat(admitted("app", one, 1, NOW + 51 * SECOND)).isEqualTo(1);
        limiter.forgetIdle(NOW + 62 * SECOND);
        assertThat(limiter.size()).isZero();
    }

    @Test
    void idleKeysAreForgottenWithinAMinuteByTheCallsOfOthers() {
        QuotaPlan plan = QuotaPlan.of(SPIKE);
        for (int key = 0; key < 10_000; key++) {
            limiter.decide("key " + key, plan.charge(), NOW);
        }
        assertThat(limiter.size()).isEqualTo(10_000);
        for (int call = 0; call < 6_200; call++) {
            limiter.decide("busy", plan.charge(), NOW + SECOND + call * 10_000_000L);
        }
        assertThat(limiter.size()).isEqualTo(1);
    }

    @Test
    void refusedRequestsCountWhereTheLimitSaysSo() {
        QuotaPlan plan =
                QuotaPlan.of(NamedLimit.of("spike", LimitKind.spikeArrest(2)).countingRefused());
        assertThat(admitted("app", plan.charge(), 2, NOW)).isEqualTo(2);
        assertThat(refused("app", plan.charge(), NOW + SECOND / 2).retryAtNanos())
                .isEqualTo(NOW + SECOND);
        assertThat(refused("app", plan.charge(), NOW + SECOND / 2 + 5).retryAtNanos())
                .isEqualTo(NOW + SECOND + SECOND / 2);
    }

    @Test
    void aLimitThatStaysWhileItsPlanChangesLosesNotANanosecond() {
        for (LimitKind kind : List.of(
                new LimitKind.SlidingLog(Limit.parse("7/60s")),
                new LimitKind.FixedWindow(Limit.parse("7/1s"), LimitKind.WindowStart.EPOCH),
                new LimitKind.FixedWindow(Limit.parse("7/1s"), LimitKind.WindowStart.FIRST_REQUEST),
                new LimitKind.TokenBucket(Limit.parse("7/1s"), 7),
                new LimitKind.Spacing(Limit.parse("7/1s")))) {
            QuotaPlan one = QuotaPlan.of(NamedLimit.of("quota", kind));
            QuotaPlan two = QuotaPlan.of(SPIKE, NamedLimit.of("quota", kind));
            for (int request = 0; request < 9; request++) {
                long now = NOW + request * 100_000_007L;
                QuotaDecision here = limiter.decide("stays " + kind, one.charge(), now);
                QuotaDecision there = limiter.decide("moves " + kind, (request % 2 == 0 ? one : two).charge(), now);
                assertThat(there).as("%s at %s", kind, request).isEqualTo(here);
            }
        }
    }

    @Test
    void askingHowAKeyStandsUnderAnotherPlanChangesNothing() {
        QuotaPlan plan = QuotaPlan.of(QUOTA, SPIKE);
        assertThat(admitted("app", plan.charge(), 150, NOW)).isEqualTo(100);
        QuotaPlan other = QuotaPlan.of(NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("300/60s"))));
        assertThat(limiter.standing("app", other, NOW).getFirst().remaining()).isEqualTo(200);
        assertThat(limiter.standing("app", plan, NOW))
                .extracting(RemainingQuota::remaining)
                .containsExactly(900, 0);
    }

    @Test
    void aKeyThatWasForgottenIsNotNewForAClockThatWentBack() {
        QuotaPlan plan = QuotaPlan.of(SPIKE);
        assertThat(admitted("app", plan.charge(), 100, NOW)).isEqualTo(100);
        limiter.forgetIdle(NOW + 10 * SECOND);
        assertThat(limiter.size()).isZero();
        assertThat(admitted("app", plan.charge(), 150, NOW + SECOND)).isEqualTo(100);
        assertThat(admitted("app", plan.charge(), 150, NOW + 3 * SECOND)).isZero();
        assertThat(admitted("app", plan.charge(), 150, NOW + 11 * SECOND)).isEqualTo(100);
    }

    @Test
    void oneWrongTimestampOfOneKeyHarmsNoOther() {
        QuotaPlan plan = QuotaPlan.of(NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("10/60s"))));
        assertThat(admitted("app", plan.charge(), 5, NOW)).isEqualTo(5);
        limiter.decide("other", plan.charge(), NOW + SECOND);
        // the calendar's clock, where the others are asked by another
        limiter.decide("wrong", plan.charge(), NOW * 3);
        assertThat(admitted("app", plan.charge(), 20, NOW + 2 * SECOND)).isEqualTo(5);
        assertThat(admitted("new", plan.charge(), 20, NOW + 3 * SECOND)).isEqualTo(10);
        assertThat(admitted("app", plan.charge(), 20, NOW + 61 * SECOND)).isEqualTo(5);
        assertThat(admitted("new", plan.charge(), 20, NOW + 64 * SECOND)).isEqualTo(10);
    }
}
