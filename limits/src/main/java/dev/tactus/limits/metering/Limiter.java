package dev.tactus.limits.metering;

import java.util.List;
import java.util.Objects;

/// Decides on requests by one plan, for one caller or for all of them together.
///
/// It is the keyed limiter without keys: see [KeyedLimiter] for what `decide` promises, and about time.
/// Thread-safe.
public final class Limiter {
    private final KeyMeters meters;

    /// A limiter of which nothing has been used.
    public Limiter(QuotaPlan plan, long nowNanos) {
        meters = new KeyMeters(plan, nowNanos);
    }

    /// Admits a request and charges it to all limits that apply, or refuses it and says when to come again.
    ///
    /// @param charge of the plan in force from now on: that of another plan changes the limits
    public QuotaDecision decide(Charge charge, long nowNanos) {
        return Objects.requireNonNull(meters.decide(charge, nowNanos), "never forgotten");
    }

    /// What is left of each limit, or would be under that plan. Asking changes nothing.
    public List<RemainingQuota> standing(QuotaPlan plan, long nowNanos) {
        return Objects.requireNonNull(meters.standing(plan, nowNanos), "never forgotten");
    }
}
