package dev.tactus.limits.leases;

/// So many calls under way at once: the server serves a call within the time from its sending to its end. Not
/// thread-safe.
public final class InFlightRule extends QuotaRule {

    public InFlightRule(int calls) {
        super(calls, 1);
    }

    /// So many may be under way from now on.
    public void allow(int calls) {
        resize(calls);
    }

    @Override
    public long horizonNanos() {
        return 0;
    }

    @Override
    long whenAtMost(long room, long now) {
        return now;
    }

    @Override
    void charge(long at, long amount) {
        // what has ended is under way no longer
    }

    @Override
    double used(long now) {
        return 0;
    }
}
