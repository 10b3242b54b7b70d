package dev.tactus.limits.metering;

import dev.tactus.limits.Limit;
import java.time.Duration;

/// How a server counts: the algorithm of a limit, with its numbers.
///
/// Only [SlidingLog] keeps "at most N in any window of W" for bursts as well as for steady traffic;
/// [Spacing] keeps it by allowing no bursts. A fixed window lets up to 2 N pass around its edge, and a token
/// bucket up to its burst plus N: they are offered because their users want just that.
public sealed interface LimitKind {

    /// What `remaining` counts down from, and the most that one request may cost.
    int permits();

    /// At most N in any window of W, exactly: a permit is free again W after it was used.
    record SlidingLog(Limit limit) implements LimitKind {
        private static final int MOST = 10_000_000;

        public SlidingLog {
            if (limit.permits() > MOST) {
                throw new IllegalArgumentException("a sliding log remembers every request, at most " + MOST + ", not "
                        + limit + "; take a fixed window or a token bucket, or the same rate over a shorter window");
            }
        }

        @Override
        public int permits() {
            return limit.permits();
        }
    }

    /// At most N in each window of W, and the next window starts with N again.
    ///
    /// @param start where windows begin
    record FixedWindow(Limit limit, WindowStart start) implements LimitKind {
        @Override
        public int permits() {
            return limit.permits();
        }
    }

    /// Where a fixed window begins.
    enum WindowStart {
        /// At multiples of W since the epoch: a window of a minute begins with each minute of the clock.
        EPOCH,
        /// With the first request after the last window has ended, for each key on its own.
        FIRST_REQUEST
    }

    /// Tokens drop in at the refill's rate, never beyond `burst`; a request takes as many as it costs.
    ///
    /// A new key starts full. Fractions of tokens are counted exactly, in whole numbers.
    ///
    /// @param refill tokens per time, evenly spread over it
    /// @param burst the most that can be saved up, and taken at once
    record TokenBucket(Limit refill, int burst) implements LimitKind {
        public TokenBucket {
            if (burst < 1) {
                throw new IllegalArgumentException("a token bucket needs a burst of at least 1, not " + burst);
            }
            if (BucketMeter.tooLarge(refill, burst)) {
                throw new IllegalArgumentException("a burst of " + burst + " refilled with " + refill
                        + " is too large to be counted exactly; choose a smaller burst or a faster refill");
            }
        }

        @Override
        public int permits() {
            return burst;
        }
    }

    /// One request each W/N, and nothing saved up: GCRA with burst 1. Every request costs 1.
    record Spacing(Limit limit) implements LimitKind {
        @Override
        public int permits() {
            return 1;
        }

        /// The least time between two requests, rounded up to the nanosecond.
        public Duration gap() {
            return Duration.ofNanos(Math.ceilDiv(limit.window().toNanos(), limit.permits()));
        }
    }

    /// Spike arrest as a promise: at most `permits` in any second, however they lie in it.
    static LimitKind spikeArrest(int permits) {
        return new SlidingLog(new Limit(permits, Duration.ofSeconds(1)));
    }

    /// Spike arrest smoothed: `permits` a second, evenly spaced; an honest burst is refused too.
    static LimitKind smoothedSpikeArrest(int permits) {
        return new Spacing(new Limit(permits, Duration.ofSeconds(1)));
    }
}
