package dev.tactus.bench;

import com.google.common.util.concurrent.RateLimiter;
import dev.tactus.limits.Limit;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.LimitKind;
import dev.tactus.limits.metering.Limiter;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.QuotaPlan;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A way to limit: makes limiters that always grant, and limiters of which everything has been used.
///
/// Libraries that keep no log grant always because their limit is as high as they allow. What always refuses is 100 a
/// day, used up.
enum Contender {
    FLOOR("nanoTime + one CAS") {
        @Override
        Limited one(Outcome outcome) {
            AtomicLong state = new AtomicLong();
            return () -> cas(state);
        }

        @Override
        Predicate<String> keyed(Outcome outcome, Collection<String> keys) {
            return map(keys, AtomicLong::new, Contender::cas);
        }
    },
    TACTUS("Tactus, sliding log") {
        @Override
        Limited one(Outcome outcome) {
            QuotaPlan plan = plan(outcome, HURRIED);
            long origin = System.nanoTime();
            Limiter limiter = new Limiter(plan, 0);
            if (outcome == Outcome.REFUSE) {
                while (limiter.decide(plan.charge(), System.nanoTime() - origin) instanceof QuotaDecision.Admitted) {}
            }
            int speed = outcome == Outcome.GRANT ? SPEED : 1;
            return () -> limiter.decide(plan.charge(), (System.nanoTime() - origin) * speed)
                    instanceof QuotaDecision.Admitted;
        }

        @Override
        Predicate<String> keyed(Outcome outcome, Collection<String> keys) {
            boolean hurried = outcome == Outcome.GRANT && keys.size() == 1;
            QuotaPlan plan = plan(outcome, hurried ? HURRIED : GRANTING);
            long origin = System.nanoTime();
            KeyedLimiter<String> limiter = new KeyedLimiter<>();
            for (String key : keys) {
                limiter.decide(key, plan.charge(), System.nanoTime() - origin);
                if (outcome == Outcome.REFUSE) {
                    while (limiter.decide(key, plan.charge(), System.nanoTime() - origin)
                            instanceof QuotaDecision.Admitted) {}
                }
            }
            int speed = hurried ? SPEED : 1;
            return key -> limiter.decide(key, plan.charge(), (System.nanoTime() - origin) * speed)
                    instanceof QuotaDecision.Admitted;
        }
    },
    BUCKET4J("Bucket4j 8.19") {
        @Override
        Limited one(Outcome outcome) {
            Bucket bucket = bucket(outcome);
            return () -> bucket.tryConsume(1);
        }

        @Override
        Predicate<String> keyed(Outcome outcome, Collection<String> keys) {
            return map(keys, () -> bucket(outcome), bucket -> bucket.tryConsume(1));
        }
    },
    RESILIENCE4J("Resilience4j 2.4") {
        @Override
        Limited one(Outcome outcome) {
            var limiter = resilience(outcome);
            return limiter::acquirePermission;
        }

        @Override
        Predicate<String> keyed(Outcome outcome, Collection<String> keys) {
            return map(
                    keys, () -> resilience(outcome), io.github.resilience4j.ratelimiter.RateLimiter::acquirePermission);
        }
    },
    GUAVA("Guava 33.8") {
        @Override
        Limited one(Outcome outcome) {
            RateLimiter limiter = guava(outcome);
            return limiter::tryAcquire;
        }

        @Override
        Predicate<String> keyed(Outcome outcome, Collection<String> keys) {
            return map(keys, () -> guava(outcome), RateLimiter::tryAcquire);
        }
    },
    FAILSAFE("Failsafe 3.3.2") {
        @Override
        Limited one(Outcome outcome) {
            dev.failsafe.RateLimiter<Object> limiter = failsafe(outcome);
            return limiter::tryAcquirePermit;
        }

        @Override
        Predicate<String> keyed(Outcome outcome, Collection<String> keys) {
            return map(keys, () -> failsafe(outcome), dev.failsafe.RateLimiter::tryAcquirePermit);
        }
    };

    /// What is measured.
    enum Outcome {
        GRANT,
        REFUSE
    }

    /// One limiter, asked.
    @FunctionalInterface
    interface Limited {
        boolean ask();
    }

    /// What always grants: 100,000 keys ask so rarely that a log of the last second is never full.
    private static final Limit GRANTING = new Limit(1000, Duration.ofSeconds(1));

    /// A single log is asked millions of times a second. Its window is shorter and its clock runs faster, so that it
    /// holds some hundred grants and never all thousand.
    private static final Limit HURRIED = new Limit(1000, Duration.ofMillis(1));

    private static final int SPEED = 256;
    private static final Limit REFUSING = new Limit(100, Duration.ofDays(1));
    private static final int NO_LIMIT = 1_000_000_000;

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// One limiter on its own.
    abstract Limited one(Outcome outcome);

    /// A limiter for each key, as its users would keep them.
    abstract Predicate<String> keyed(Outcome outcome, Collection<String> keys);

    private static <L> Predicate<String> map(Collection<String> keys, Supplier<L> make, Predicate<L> ask) {
        ConcurrentHashMap<String, L> limiters = new ConcurrentHashMap<>();
        Function<String, L> makeFor = key -> make.get();
        keys.forEach(key -> limiters.computeIfAbsent(key, makeFor));
        return key -> {
            L limiter = limiters.get(key);
            return ask.test(limiter == null ? limiters.computeIfAbsent(key, makeFor) : limiter);
        };
    }

    private static boolean cas(AtomicLong state) {
        long now = System.nanoTime();
        long before = state.get();
        return state.compareAndSet(before, now);
    }

    private static QuotaPlan plan(Outcome outcome, Limit granting) {
        return QuotaPlan.of(
                NamedLimit.of("quota", new LimitKind.SlidingLog(outcome == Outcome.GRANT ? granting : REFUSING)));
    }

    private static Bucket bucket(Outcome outcome) {
        Bucket bucket = Bucket.builder()
                .addLimit(limit -> outcome == Outcome.GRANT
                        ? limit.capacity(NO_LIMIT).refillGreedy(NO_LIMIT, Duration.ofSeconds(1))
                        : limit.capacity(REFUSING.permits()).refillGreedy(REFUSING.permits(), REFUSING.window()))
                .build();
        return drained(outcome, bucket, () -> bucket.tryConsume(1));
    }

    private static io.github.resilience4j.ratelimiter.RateLimiter resilience(Outcome outcome) {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(outcome == Outcome.GRANT ? NO_LIMIT : REFUSING.permits())
                .limitRefreshPeriod(outcome == Outcome.GRANT ? Duration.ofSeconds(1) : REFUSING.window())
                .timeoutDuration(Duration.ZERO)
                .build();
        var limiter = io.github.resilience4j.ratelimiter.RateLimiter.of("quota", config);
        return drained(outcome, limiter, limiter::acquirePermission);
    }

    private static RateLimiter guava(Outcome outcome) {
        RateLimiter limiter =
                RateLimiter.create(outcome == Outcome.GRANT ? NO_LIMIT : REFUSING.permits() / (24 * 60 * 60.0));
        return drained(outcome, limiter, limiter::tryAcquire);
    }

    private static dev.failsafe.RateLimiter<Object> failsafe(Outcome outcome) {
        dev.failsafe.RateLimiter<Object> limiter = outcome == Outcome.GRANT
                ? dev.failsafe.RateLimiter.burstyBuilder(NO_LIMIT, Duration.ofSeconds(1))
                        .build()
                : dev.failsafe.RateLimiter.burstyBuilder(REFUSING.permits(), REFUSING.window())
                        .build();
        return drained(outcome, limiter, limiter::tryAcquirePermit);
    }

    private static <L> L drained(Outcome outcome, L limiter, Limited asked) {
        if (outcome == Outcome.REFUSE) {
            while (asked.ask()) {}
        }
        return limiter;
    }
}
