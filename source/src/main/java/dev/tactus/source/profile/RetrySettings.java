package dev.tactus.source.profile;

import java.time.Duration;

/// How often a request is retried, and after which pauses: exponential backoff with full jitter, a cap, and a budget.
///
/// The pause before the n-th retry is drawn evenly from 0 to `min(cap, first × 2^(n−1))`. The budget
/// bounds all requests together: retries may be at most `free + budget × first tries`, so that an outage
/// isn't met with a multiple of the usual traffic. Throttled requests wait in the pacer and are
/// counted by `refusals` instead.
///
/// @param attempts how often a request is tried in all, at least 1
/// @param first the longest pause before the first retry
/// @param cap the longest pause before any retry
/// @param budget retries allowed as a share of first tries, 0.25 = 25 %
/// @param free retries allowed besides
/// @param refusals how often one request may be throttled before it is parked
/// @param park how long a request that used up its tries is parked
public record RetrySettings(
        int attempts, Duration first, Duration cap, double budget, int free, int refusals, Duration park) {

    public RetrySettings {
        if (attempts < 1 || refusals < 1 || free < 0) {
            throw new IllegalArgumentException("attempts and refusals must be at least 1 and free at least 0: "
                    + attempts + ", " + refusals + ", " + free);
        }
        if (!first.isPositive() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first pause must be positive and not above the cap: " + first + ", " + cap);
        }
        if (!(budget >= 0)) {
            throw new IllegalArgumentException("budget must not be negative: " + budget);
        }
        if (!park.isPositive()) {
            throw new IllegalArgumentException("park must be positive: " + park);
        }
    }

    /// Six tries within about ten seconds, retries up to a quarter of the requests and 50 besides, ten
    /// refusals, a minute parked.
    public static RetrySettings defaults() {
        return new RetrySettings(
                6, Duration.ofMillis(500), Duration.ofSeconds(30), 0.25, 50, 10, Duration.ofMinutes(1));
    }
}
