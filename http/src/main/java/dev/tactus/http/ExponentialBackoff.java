package dev.tactus.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential backoff with full jitter (Brooker, "Exponential Backoff and Jitter", 2015): each pause is drawn
/// evenly from 0 to a bound that doubles until the cap. Thread-safe, whatever the generator is.
public final class ExponentialBackoff {
    private final long firstNanos;
    private final long capNanos;
    private final RandomGenerator random;

    public ExponentialBackoff(Duration first, Duration cap, RandomGenerator random) {
        this.firstNanos = first.toNanos();
        this.capNanos = cap.toNanos();
        this.random = random;
    }

    /// The pause before a retry.
    ///
    /// @param retry 1 for the first
    public Duration pause(int retry) {
        int doublings = Math.min(retry - 1, 40);
        long bound = firstNanos > (capNanos >> doublings) ? capNanos : firstNanos << doublings;
        synchronized (random) {
            return Duration.ofNanos(random.nextLong(bound + 1));
        }
    }
}
