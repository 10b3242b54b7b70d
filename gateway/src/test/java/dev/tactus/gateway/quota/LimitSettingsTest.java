package dev.tactus.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.limits.metering.LimitKind;
import dev.tactus.limits.metering.NamedLimit;
import io.netty.handler.codec.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitSettingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RoutePattern SEARCH = new RoutePattern("/search", Set.of());

    private static LimitSettings limit(
            String name, int permits, Duration window, LimitAlgorithm kind, int burst, int cost, CostRule... costs) {
        return new LimitSettings(
                name,
                permits,
                window,
                kind,
                burst,
                RoutePattern.ALL,
                cost,
                List.of(costs),
                false,
                false,
                QuotaPartition.ALL,
                UpstreamQuota.UNKNOWN);
    }

    private static LimitSettings sliding(int permits, int cost, CostRule... costs) {
        return limit("quota", permits, MINUTE, LimitAlgorithm.SLIDING, permits, cost, costs);
    }

    private static void isTaken(String name, int permits, Duration window, LimitAlgorithm kind, int burst, int cost) {
        assertThatCode(() -> limit(name, permits, window, kind, burst, cost)).doesNotThrowAnyException();
    }

    private static void isRefused(String name, int permits, Duration window, LimitAlgorithm kind, int burst, int cost) {
        assertThatThrownBy(() -> limit(name, permits, window, kind, burst, cost))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesWhatLiesWithinTheBoundsAndNothingElse() {
        isTaken("a", 1, Duration.ofMillis(1), LimitAlgorithm.SLIDING, 1, 1);
        isTaken("a", 1, Duration.ofDays(366), LimitAlgorithm.SLIDING, 1, 0);
        isRefused("A", 1, MINUTE, LimitAlgorithm.SLIDING, 1, 1);
        isRefused("a", 0, MINUTE, LimitAlgorithm.SLIDING, 1, 0);
        isRefused("a", 1, MINUTE, LimitAlgorithm.BUCKET, 0, 0);
        isRefused("a", 1, Duration.ofNanos(999_999), LimitAlgorithm.SLIDING, 1, 1);
        isRefused("a", 1, Duration.ofDays(366).plusNanos(1), LimitAlgorithm.SLIDING, 1, 1);
        isRefused("a", 1, MINUTE, LimitAlgorithm.SLIDING, 1, -1);
    }

    @Test
    void aRequestThatCouldNeverPassIsRefused() {
        isTaken("a", 5, MINUTE, LimitAlgorithm.FIXED, 1, 5);
        isRefused("a", 5, MINUTE, LimitAlgorithm.FIXED, 9, 6);
        isTaken("a", 5, MINUTE, LimitAlgorithm.BUCKET, 9, 9);
        isRefused("a", 5, MINUTE, LimitAlgorithm.BUCKET, 2, 3);
        isTaken("a", 5, MINUTE, LimitAlgorithm.SPACING, 5, 1);
        isRefused("a", 5, MINUTE, LimitAlgorithm.SPACING, 5, 2);
        assertThatThrownBy(() -> sliding(5, 1, new CostRule(SEARCH, 6))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEngineCountsAsItsKindSays() {
        assertThat(limit("a", 5, MINUTE, LimitAlgorithm.SLIDING, 5, 1).named().kind())
                .isInstanceOf(LimitKind.SlidingLog.class);
        assertThat(limit("a", 5, MINUTE, LimitAlgorithm.BUCKET, 7, 1).named().kind())
                .isEqualTo(new LimitKind.TokenBucket(sliding(5, 1).limit(), 7));
        assertThat(limit("a", 5, MINUTE, LimitAlgorithm.SPACING, 5, 1).named().kind())
                .isInstanceOf(LimitKind.Spacing.class);
        assertThat(limit("a", 5, MINUTE, LimitAlgorithm.FIXED, 5, 1).named().kind())
                .isEqualTo(new LimitKind.FixedWindow(sliding(5, 1).limit(), LimitKind.WindowStart.EPOCH));
        assertThat(limit("a", 5, MINUTE, LimitAlgorithm.FIXED_FROM_FIRST, 5, 1)
                        .named()
                        .kind())
                .isEqualTo(new LimitKind.FixedWindow(sliding(5, 1).limit(), LimitKind.WindowStart.FIRST_REQUEST));
        LimitSettings plain = sliding(5, 1);
        assertThat(flags(plain, true, false).named())
                .isEqualTo(NamedLimit.of("quota", plain.named().kind()).inShadow());
        assertThat(flags(plain, false, true).named())
                .isEqualTo(NamedLimit.of("quota", plain.named().kind()).countingRefused());
    }

    private static LimitSettings flags(LimitSettings limit, boolean shadow, boolean countsRefused) {
        return new LimitSettings(
                limit.name(),
                limit.permits(),
                limit.window(),
                limit.kind(),
                limit.burst(),
                limit.match(),
                limit.cost(),
                limit.costs(),
                shadow,
                countsRefused,
                QuotaPartition.ALL,
                UpstreamQuota.UNKNOWN);
    }

    @Test
    void aShareOfItIsNeverLessThanOneRequestNeeds() {
        BigDecimal half = new BigDecimal("0.5");
        assertThat(sliding(101, 1).restrictedTo(half).permits()).isEqualTo(50);
        assertThat(sliding(5, 1, new CostRule(SEARCH, 4)).restrictedTo(half).permits())
                .isEqualTo(4);
        assertThat(sliding(1, 0).restrictedTo(half).permits()).isEqualTo(1);
        LimitSettings bucket =
                limit("b", 10, MINUTE, LimitAlgorithm.BUCKET, 20, 8).restrictedTo(new BigDecimal("0.1"));
        assertThat(bucket.permits()).isEqualTo(1);
        assertThat(bucket.burst()).isEqualTo(8);
        assertThat(limit("s", 10, MINUTE, LimitAlgorithm.SPACING, 10, 1)
                        .restrictedTo(new BigDecimal("0.1"))
                        .permits())
                .isEqualTo(1);
    }

    @Test
    void aNameStandsOnce() {
        assertThatThrownBy(() -> LimitSettings.requireDistinct(List.of(sliding(5, 1), sliding(6, 1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> LimitSettings.requireDistinct(
                        List.of(sliding(5, 1), limit("other", 5, MINUTE, LimitAlgorithm.SLIDING, 5, 1))))
                .doesNotThrowAnyException();
    }

    @Test
    void aPlanKnowsWhatARequestCostsAtEachLimit() {
        LimitSettings all = sliding(100, 2, new CostRule(SEARCH, 5));
        LimitSettings searches = new LimitSettings(
                "search",
                10,
                MINUTE,
                LimitAlgorithm.SLIDING,
                10,
                SEARCH,
                1,
                List.of(),
                false,
                false,
                QuotaPartition.ALL,
                UpstreamQuota.UNKNOWN);
        UsagePlan plan = new UsagePlan(List.of(all, searches));

        assertThat(costs(plan, "/other")).containsExactly(2, 0);
        assertThat(costs(plan, "/search/x")).containsExactly(5, 1);
        assertThat(plan.permits("quota")).isEqualTo(100);
        assertThat(plan.permits("search")).isEqualTo(10);
        assertThat(plan.permits("none")).isZero();
        assertThat(plan.indexOf(searches.named())).isEqualTo(1);
        assertThat(plan.limits()).containsExactly(all, searches);
        assertThat(plan.metered()).hasSize(2);
        assertThat(plan.restrictedTo(new BigDecimal("0.5")).permits("quota")).isEqualTo(50);
        assertThatThrownBy(() -> plan.indexOf(NamedLimit.of("none", all.named().kind())))
                .isInstanceOf(IllegalStateException.class);

        UsagePlan simple = new UsagePlan(List.of(sliding(100, 2)));
        assertThat(simple.cost(simple.charge(HttpMethod.GET, "/x"), 0)).isEqualTo(2);
    }

    private static List<Integer> costs(UsagePlan plan, String target) {
        return List.of(
                plan.cost(plan.charge(HttpMethod.GET, target), 0), plan.cost(plan.charge(HttpMethod.GET, target), 1));
    }
}
