package dev.tactus.limits.learning;

/// When to try a higher ceiling next: a refusal is what a failure costs, so each failure makes the next try rarer.
///
/// @param everyNanos time between a failure and the next try
/// @param nextAt moment of the next try
record ProbeSchedule(long everyNanos, long nextAt) {

    /// The first try after a ceiling was found or has moved.
    static ProbeSchedule first(long windowNanos, long now) {
        return every(Math.max(windowNanos, Tunables.FIRST_PROBE_NANOS), now);
    }

    /// The first try where what was found is old or doubtful.
    static ProbeSchedule soon(long windowNanos, long now) {
        return every(Math.max(windowNanos, Tunables.SOON_NANOS), now);
    }

    private static ProbeSchedule every(long nanos, long now) {
        return new ProbeSchedule(nanos, now + nanos);
    }

    /// A try failed.
    ///
    /// @param belowBest whether more than this was once allowed: then trying is worth more
    ProbeSchedule failed(long windowNanos, long now, boolean belowBest) {
        long most = belowBest ? Tunables.BELOW_BEST_PROBE_NANOS : Tunables.LONGEST_PROBE_NANOS;
        return every(Math.min(everyNanos * Tunables.PROBE_GROWTH, Math.max(2 * windowNanos, most)), now);
    }

    /// What a failure cost puts the next try off.
    ///
    /// @param refusals beyond the first
    ProbeSchedule paying(int refusals, long now) {
        long price = Math.min(Tunables.LONGEST_PROBE_NANOS, refusals * Tunables.REFUSAL_PRICE_NANOS);
        return new ProbeSchedule(everyNanos, Math.max(nextAt, now + price));
    }

    /// The same time once more.
    ProbeSchedule again(long now) {
        return new ProbeSchedule(everyNanos, Math.max(nextAt, now + everyNanos));
    }

    boolean due(long now) {
        return now >= nextAt;
    }
}
