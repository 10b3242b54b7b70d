package dev.tactus.limits.pacing;

import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.learning.RefusalBackoff;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// What is configured for one scope. Immutable.
///
/// @param limits limits of calls and costs
/// @param inFlight limits of calls under way
record ScopeLimits(List<ScopedLimit> limits, List<InFlightLimit> inFlight) {

    static ScopeLimits of(String scope, List<ScopedLimit> known, List<InFlightLimit> inFlight) {
        return new ScopeLimits(
                known.stream().filter(limit -> limit.scope().equals(scope)).toList(),
                inFlight.stream().filter(limit -> limit.scope().equals(scope)).toList());
    }

    /// Those of which only permits and window are known, less what is left to others.
    List<Limit> plain(double leave) {
        return limits.stream()
                .filter(ScopedLimit::isPlain)
                .map(ScopedLimit::limit)
                .map(limit -> limit.withPermits(Math.max(1, (int) Math.floor(limit.permits() * (1 - leave)))))
                .toList();
    }

    private List<ScopedLimit> ofKind() {
        return limits.stream().filter(limit -> !limit.isPlain()).toList();
    }

    /// The slowest of those whose way of counting is known, in calls; empty where there are plain ones beside it, which
    /// are learned around.
    Optional<Limit> slowestOfKind() {
        return limits.stream().anyMatch(ScopedLimit::isPlain)
                ? Optional.empty()
                : limits.stream().map(ScopedLimit::calls).min(Comparator.comparingDouble(Limit::rate));
    }

    ScopeRules rules(double leave, LongFunction<Instant> calendar) {
        return new ScopeRules(ofKind(), inFlight, leave, calendar);
    }

    /// How long to rest after a refusal, where it is told how calls are counted.
    ///
    /// @param row how long the row of refusals has lasted
    long restNanos(Limit slowest, long row, int inARow) {
        // What comes back into a bucket comes back all the time.
        boolean inWindows = limits.stream()
                .noneMatch(
                        limit -> limit.kind() instanceof QuotaKind.Bucket || limit.kind() instanceof QuotaKind.Spacing);
        return inWindows
                ? RefusalBackoff.told(limits.stream().map(ScopedLimit::calls).toList(), row, inARow)
                : RefusalBackoff.toldBucket(slowest, inARow);
    }

    int mostCalls() {
        return limits.stream().mapToInt(limit -> limit.limit().permits()).max().orElse(0);
    }
}
