package dev.tactus.limits.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A request of a member is charged to its own limits and its group's, or to none of them.
final class GroupDecisionTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long NOW = 1_795_000_000L * SECOND;
    private static final QuotaPlan OWN =
            QuotaPlan.of(NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("6/60s"))));
    private static final QuotaPlan COMMON =
            QuotaPlan.of(NamedLimit.of("group", new LimitKind.SlidingLog(Limit.parse("10/60s"))));

    private final KeyedLimiter<String> limiter = new KeyedLimiter<>();

    private QuotaDecision decide(String member, long now) {
        return limiter.decide(member, OWN.charge(), "all", COMMON.charge(), now);
    }

    private long admitted(String member, int requests) {
        return IntStream.range(0, requests)
                .filter(each -> decide(member, NOW) instanceof QuotaDecision.Admitted)
                .count();
    }

    private int left(String key, QuotaPlan plan) {
        return limiter.standing(key, plan, NOW).getFirst().remaining();
    }

    @Test
    void bothAreChargedOrNone() {
        assertThat(admitted("one", 9)).isEqualTo(6);
        assertThat(left("all", COMMON))
                .as("refusals of a member cost the group nothing")
                .isEqualTo(4);
        assertThat(admitted("two", 9)).isEqualTo(4);
        assertThat(left("two", OWN))
                .as("refusals of the group cost the member nothing")
                .isEqualTo(2);
        QuotaDecision.Refused refused = (QuotaDecision.Refused) decide("two", NOW);
        assertThat(refused.deciding().limit().name()).isEqualTo("group");
        QuotaDecision.Refused twice = (QuotaDecision.Refused) decide("one", NOW);
        assertThat(twice.refusals()).extracting(each -> each.limit().name()).containsExactly("quota", "group");
        assertThat(decide("two", refused.retryAtNanos())).isInstanceOf(QuotaDecision.Admitted.class);
    }

    @Test
    void whatCountsRefusedRequestsCountsThemWhoeverRefuses() {
        QuotaPlan counting = QuotaPlan.of(NamedLimit.of("group", new LimitKind.SlidingLog(Limit.parse("10/60s")))
                .countingRefused());
        for (int i = 0; i < 8; i++) {
            limiter.decide("one", OWN.charge(), "all", counting.charge(), NOW);
        }
        assertThat(left("all", counting)).isEqualTo(2);
        assertThat(left("one", OWN)).isZero();
    }

    @Test
    void aLimitInShadowRefusesNobody() {
        QuotaPlan trial = QuotaPlan.of(NamedLimit.of("trial", new LimitKind.SlidingLog(Limit.parse("1/60s")))
                .inShadow());
        limiter.decide("one", OWN.charge(), "all", trial.charge(), NOW);
        QuotaDecision second = limiter.decide("one", OWN.charge(), "all", trial.charge(), NOW);
        assertThat(second).isInstanceOf(QuotaDecision.Admitted.class);
        assertThat(second.shadow()).hasSize(1);
    }

    @Test
    void nobodyIsItsOwnGroup() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limiter.decide("all", OWN.charge(), "all", COMMON.charge(), NOW));
    }

    /// Many threads, keys that are forgotten meanwhile: never more than the group may.
    @Test
    void threadsTogetherPassNoMoreThanTheGroupMay() throws Exception {
        QuotaPlan own = QuotaPlan.of(NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("50/1ms"))));
        QuotaPlan common = QuotaPlan.of(NamedLimit.of("group", new LimitKind.SlidingLog(Limit.parse("100/1s"))));
        for (int round = 0; round < 20; round++) {
            long start = NOW + round * 60L * SECOND;
            AtomicInteger passed = new AtomicInteger();
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<Callable<Integer>> work = IntStream.range(0, 4)
                        .<Callable<Integer>>mapToObj(thread -> () -> {
                            for (int i = 0; i < 500; i++) {
                                long now = start + i * 1_000_000L;
                                if (limiter.decide("m" + i % 7, own.charge(), "all", common.charge(), now)
                                        instanceof QuotaDecision.Admitted) {
                                    passed.incrementAndGet();
                                }
                                if (i % 50 == 0) {
                                    limiter.forgetIdle(now);
                                }
                            }
                            return 0;
                        })
                        .toList();
                for (Future<Integer> each : threads.invokeAll(work)) {
                    each.get();
                }
            }
            assertThat(passed.get()).isLessThanOrEqualTo(100).isGreaterThan(90);
        }
    }
}
