package dev.tactus.limits.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a request turned out to cost is charged beyond the limit, and waited out.
final class DebtTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long NOW = 1_795_000_020L * SECOND;

    private final KeyedLimiter<String> limiter = new KeyedLimiter<>();

    static List<LimitKind> kinds() {
        Limit limit = Limit.parse("10/60s");
        return List.of(
                new LimitKind.SlidingLog(limit),
                new LimitKind.FixedWindow(limit, LimitKind.WindowStart.EPOCH),
                new LimitKind.FixedWindow(limit, LimitKind.WindowStart.FIRST_REQUEST),
                new LimitKind.TokenBucket(limit, 10),
                new LimitKind.Spacing(limit));
    }

    private static QuotaPlan plan(LimitKind kind) {
        return QuotaPlan.of(NamedLimit.of("quota", kind));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withinTheRoomThatIsLeftItIsUseLikeAnyOther(LimitKind kind) {
        QuotaPlan plan = plan(kind);
        limiter.owe("app", plan, "quota", 1, NOW);
        int left = kind.permits() - 1;
        assertThat(limiter.standing("app", plan, NOW).getFirst().remaining()).isEqualTo(left);
        assertThat(limiter.standing("app", plan, NOW + 60 * SECOND + 99)
                        .getFirst()
                        .remaining())
                .isEqualTo(kind.permits());
    }

    /// 35 of 10 a minute take three and a half minutes, whichever way they are counted.
    @ParameterizedTest
    @MethodSource("kinds")
    void beyondItTheNextRequestsWaitItOut(LimitKind kind) {
        QuotaPlan plan = plan(kind);
        limiter.owe("app", plan, "quota", 35, NOW);
        QuotaDecision.Refused refused = (QuotaDecision.Refused) limiter.decide("app", plan.charge(), NOW + SECOND);
        long waits = (refused.retryAtNanos() - NOW) / SECOND;
        switch (kind) {
            case LimitKind.SlidingLog log -> assertThat(waits).isEqualTo(180);
            case LimitKind.FixedWindow window -> assertThat(waits).isEqualTo(180);
            case LimitKind.TokenBucket bucket -> assertThat(waits).isEqualTo(156);
            case LimitKind.Spacing spacing -> assertThat(waits).isEqualTo(210);
        }
        assertThat(limiter.decide("app", plan.charge(), refused.retryAtNanos() - 1))
                .isInstanceOf(QuotaDecision.Refused.class);
        assertThat(limiter.decide("app", plan.charge(), refused.retryAtNanos()))
                .isInstanceOf(QuotaDecision.Admitted.class);
    }

    /// Nobody asks meanwhile, however long: a debt is paid by time alone.
    @ParameterizedTest
    @MethodSource("kinds")
    void itIsPaidWhileNobodyAsks(LimitKind kind) {
        QuotaPlan plan = plan(kind);
        limiter.owe("app", plan, "quota", 35, NOW);
        long full = limiter.standing("app", plan, NOW).getFirst().fullAtNanos();
        assertThat(limiter.standing("app", plan, full).getFirst().remaining()).isEqualTo(kind.permits());
        limiter.owe("app", plan, "quota", 35, full);
        assertThat(limiter.standing("app", plan, full + Duration.ofDays(400).toNanos())
                        .getFirst()
                        .remaining())
                .isEqualTo(kind.permits());
    }

    /// Whether it is looked at often or once, what is owed is the same.
    @ParameterizedTest
    @MethodSource("kinds")
    void lookingChangesNothing(LimitKind kind) {
        Random random = new Random(42);
        QuotaPlan plan = plan(kind);
        for (int round = 0; round < 200; round++) {
            String often = "often" + round;
            String once = "once" + round;
            long now = NOW + round * 3_600L * SECOND;
            for (int i = 0; i < 6; i++) {
                int cost = 1 + random.nextInt(25);
                limiter.owe(often, plan, "quota", cost, now);
                limiter.owe(once, plan, "quota", cost, now);
                long until = now + random.nextLong(100 * SECOND);
                for (int look = 0; look < 7; look++) {
                    now += (until - now) / 3;
                    limiter.standing(often, plan, now);
                }
                now = until;
            }
            long asked = now + random.nextLong(300 * SECOND);
            assertThat(limiter.standing(often, plan, asked))
                    .as("round " + round)
                    .isEqualTo(limiter.standing(once, plan, asked));
        }
    }

    @Test
    void itIsKeptWhereThePlanChanges() {
        QuotaPlan before = plan(new LimitKind.SlidingLog(Limit.parse("10/60s")));
        QuotaPlan after = plan(new LimitKind.SlidingLog(Limit.parse("20/60s")));
        limiter.owe("app", before, "quota", 35, NOW);
        assertThat(limiter.decide("app", after.charge(), NOW)).isInstanceOf(QuotaDecision.Refused.class);
    }

    @Test
    void onlyWhatIsOwedAndOnlyALimitThatThereIs() {
        QuotaPlan plan = plan(new LimitKind.SlidingLog(Limit.parse("10/60s")));
        assertThatIllegalArgumentException().isThrownBy(() -> limiter.owe("app", plan, "quota", 0, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> limiter.owe("app", plan, "other", 1, NOW));
    }
}
