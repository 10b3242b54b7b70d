package dev.tactus.limits.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random plans, costs and clocks that stall and jump, against an oracle that keeps every charge in a list.
final class QuotaDecisionPropertyTest {
    private static final long START = 1_795_000_000_123_456_789L;
    private static final int SEEDS = 400;

    private static LimitKind kind(Random random, Duration window) {
        Limit limit = new Limit(1 + random.nextInt(12), window);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new LimitKind.SlidingLog(limit);
            case 2 ->
                new LimitKind.FixedWindow(
                        limit,
                        random.nextBoolean() ? LimitKind.WindowStart.EPOCH : LimitKind.WindowStart.FIRST_REQUEST);
            case 3 -> new LimitKind.TokenBucket(limit, 1 + random.nextInt(12));
            default -> new LimitKind.Spacing(limit);
        };
    }

    private static QuotaPlan plan(Random random) {
        List<NamedLimit> limits = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int at = 0; at < count; at++) {
            NamedLimit limit = NamedLimit.of("limit " + at, kind(random, Duration.ofMillis(1 + random.nextInt(2000))));
            limit = random.nextInt(5) == 0 ? limit.inShadow() : limit;
            limits.add(random.nextInt(5) == 0 ? limit.countingRefused() : limit);
        }
        return QuotaPlan.of(limits);
    }

    private static Charge charge(Random random, QuotaPlan plan) {
        Charge charge = plan.charge();
        for (NamedLimit limit : plan.limits()) {
            int most = Math.min(3, limit.kind().permits());
            charge = random.nextInt(3) == 0 ? charge.withCost(limit.name(), random.nextInt(most + 1)) : charge;
        }
        return charge;
    }

    /// Mostly on, by all orders of magnitude up to seconds; often not at all; sometimes back.
    private static long step(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> 0;
            case 2 -> -random.nextLong(3_000_000_000L);
            case 3 -> random.nextLong(3_000_000_000L);
            default -> random.nextLong(1L << random.nextInt(1, 30));
        };
    }

    @Test
    void decidesLikeTheOracleToTheNanosecond() {
        int refusals = 0;
        int shadowed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            QuotaPlan plan = plan(random);
            List<Charge> charges = List.of(charge(random, plan), charge(random, plan), plan.charge());
            long now = START + random.nextLong(2_000_000_000L);
            Limiter limiter = new Limiter(plan, now);
            NaiveLimiter oracle = new NaiveLimiter(plan);
            for (int step = 0; step < 80; step++) {
                Charge charge = charges.get(random.nextInt(charges.size()));
                QuotaDecision verdict = limiter.decide(charge, now);
                assertThat(verdict)
                        .as("seed %s step %s %s %s", seed, step, charge, plan)
                        .isEqualTo(oracle.decide(charge, now));
                refusals += verdict instanceof QuotaDecision.Refused ? 1 : 0;
                shadowed += verdict.shadow().isEmpty() ? 0 : 1;
                long before = now;
                now = verdict instanceof QuotaDecision.Refused refused && random.nextInt(4) == 0
                        ? refused.retryAtNanos() - random.nextInt(2)
                        : now + step(random);
                if (now < before) {
                    // A refusal that is answered from the one before does not move the clock of the key.
                    limiter.standing(plan, before);
                }
            }
        }
        assertThat(refusals).isGreaterThan(SEEDS);
        assertThat(shadowed).isGreaterThan(SEEDS / 2);
    }

    @Test
    void standsLikeTheOracle() {
        for (int seed = 0; seed < SEEDS / 4; seed++) {
            Random random = new Random(seed);
            QuotaPlan plan = plan(random);
            Charge charge = charge(random, plan);
            long now = START;
            Limiter limiter = new Limiter(plan, now);
            NaiveLimiter oracle = new NaiveLimiter(plan);
            for (int step = 0; step < 30; step++) {
                limiter.decide(charge, now);
                oracle.decide(charge, now);
                now += step(random);
                List<RemainingQuota> standing = limiter.standing(plan, now);
                List<RemainingQuota> expected = oracle.standing(now);
                for (int at = 0; at < standing.size(); at++) {
                    // A bucket may hold all whole tokens and still lack a part of the last one to come.
                    if (!(plan.limits().get(at).kind() instanceof LimitKind.TokenBucket)) {
                        assertThat(standing.get(at))
                                .as("seed %s step %s", seed, step)
                                .isEqualTo(expected.get(at));
                    }
                    assertThat(standing.get(at).remaining())
                            .isEqualTo(expected.get(at).remaining());
                }
            }
        }
    }

    @Test
    void whoComesAgainAtTheToldMomentIsAdmittedAndNotBefore() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            QuotaPlan plan = plan(random);
            Charge charge = charge(random, plan);
            long now = START;
            Limiter limiter = new Limiter(plan, now);
            boolean counted = plan.limits().stream().anyMatch(NamedLimit::countsRefused);
            for (int step = 0; step < 60; step++) {
                if (limiter.decide(charge, now) instanceof QuotaDecision.Refused refused) {
                    long told = refused.retryAtNanos();
                    assertThat(told).isGreaterThan(now);
                    if (!counted) {
                        assertThat(limiter.decide(charge, told - 1)).isInstanceOf(QuotaDecision.Refused.class);
                    }
                    assertThat(limiter.decide(charge, told))
                            .as("seed %s", seed)
                            .isInstanceOf(QuotaDecision.Admitted.class);
                    now = told;
                }
                now += random.nextLong(1L << random.nextInt(1, 28));
            }
        }
    }

    @Test
    void noLongWindowEverHoldsMoreThanTheLimitAndPermitsReturnWithinThreeTicks() {
        for (int seed = 0; seed < SEEDS / 4; seed++) {
            Random random = new Random(seed);
            long millis = random.nextLong(1L << random.nextInt(2, 35));
            Limit limit = new Limit(1 + random.nextInt(20), Duration.ofMillis(1 + millis));
            long window = limit.window().toNanos();
            long tick = Math.max(1, Long.highestOneBit(window >> 30));
            QuotaPlan plan = QuotaPlan.of(NamedLimit.of("quota", new LimitKind.SlidingLog(limit)));
            Limiter limiter = new Limiter(plan, START);
            List<Long> granted = new ArrayList<>();
            long now = START;
            for (int step = 0; step < 200; step++) {
                boolean full = countAfter(granted, now - window) >= limit.permits();
                boolean stillFull = countAfter(granted, now - window - 3 * tick) >= limit.permits();
                switch (limiter.decide(plan.charge(), now)) {
                    case QuotaDecision.Admitted admitted -> {
                        assertThat(full).as("seed %s %s", seed, limit).isFalse();
                        granted.add(now);
                        now += random.nextInt(4) == 0
                                ? random.nextLong(4 * window)
                                : random.nextLong(1 + window / limit.permits());
                    }
                    case QuotaDecision.Refused refused -> {
                        assertThat(stillFull).as("seed %s %s", seed, limit).isTrue();
                        long free = granted.get(granted.size() - limit.permits()) + window;
                        // Around the very moment, where rounding would show.
                        now = Math.max(now, free - 4 * tick + random.nextLong(8 * tick));
                    }
                }
            }
        }
    }

    private static long countAfter(List<Long> granted, long moment) {
        return granted.stream().filter(at -> at > moment).count();
    }

    @Test
    void manyKeysThatComeAndAreForgottenStandEachForItself() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            QuotaPlan plan = plan(random);
            Charge charge = charge(random, plan);
            KeyedLimiter<Integer> limiter = new KeyedLimiter<>();
            NaiveLimiter[] oracles = new NaiveLimiter[40];
            Arrays.setAll(oracles, key -> new NaiveLimiter(plan));
            long now = START;
            for (int step = 0; step < 1000; step++) {
                int key = (int) Math.abs(random.nextGaussian() * 12) % oracles.length;
                assertThat(limiter.decide(key, charge, now))
                        .as("seed %s step %s", seed, step)
                        .isEqualTo(oracles[key].decide(charge, now));
                now += random.nextLong(1L << random.nextInt(1, 28));
                if (random.nextInt(200) == 0) {
                    now += 10_000_000_000L;
                    limiter.forgetIdle(now);
                    assertThat(limiter.size()).isZero();
                }
            }
        }
    }

    @Test
    void aClockThatGoesBackFindsNoKeyUnusedThatWasForgotten() {
        QuotaPlan plan = QuotaPlan.of(NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("5/1s"))));
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            KeyedLimiter<String> limiter = new KeyedLimiter<>();
            List<Long> granted = new ArrayList<>();
            long now = START;
            long latest = now;
            for (int step = 0; step < 300; step++) {
                if (random.nextInt(10) == 0) {
                    limiter.forgetIdle(now);
                }
                latest = Math.max(latest, now);
                if (limiter.decide("app", plan.charge(), now) instanceof QuotaDecision.Admitted) {
                    granted.add(latest);
                }
                now += step(random);
            }
            for (int at = 5; at < granted.size(); at++) {
                assertThat(granted.get(at) - granted.get(at - 5))
                        .as("seed %s", seed)
                        .isGreaterThanOrEqualTo(1_000_000_000L);
            }
        }
    }

    @Test
    void aPlanThatChangesNeverForgetsWhatItsLogHasSeen() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Duration window = Duration.ofMillis(500);
            Limiter limiter = new Limiter(QuotaPlan.of(), START);
            List<Long> granted = new ArrayList<>();
            long now = START;
            for (int change = 0; change < 10; change++) {
                Limit limit = new Limit(1 + random.nextInt(12), window.multipliedBy(1 + random.nextInt(2)));
                // The log never knows more than its own window, so only the time that both cover can be checked.
                QuotaPlan plan = QuotaPlan.of(NamedLimit.of("quota", new LimitKind.SlidingLog(limit)));
                for (int step = 0; step < 15; step++) {
                    long moment = now;
                    long inside = granted.stream()
                            .filter(at -> at > moment - window.toNanos())
                            .count();
                    if (limiter.decide(plan.charge(), now) instanceof QuotaDecision.Admitted) {
                        assertThat(inside).as("seed %s", seed).isLessThan(limit.permits());
                        granted.add(now);
                    }
                    now += random.nextLong(60_000_000L);
                }
            }
        }
    }
}
