package dev.tactus.limits.leases;

import dev.tactus.limits.Limit;

/// A token bucket, full at the start: what is taken comes back at a steady rate. A bucket of one call is spacing: no
/// two
/// calls closer than that.
///
/// Each call is taken from it when it ends, which is no earlier than the server took it, so that there is never less
/// in the server's bucket than here. Servers that count in milliseconds see a distance up to one shorter than it was;
/// a call of a small bucket is charged so much later. Nanoseconds. Not thread-safe.
public final class BucketRule extends QuotaRule {
    private static final long TICK_NANOS = 1_000_000;
    private static final int TICKS = 50;

    private final double wholePerNano;
    private double perNano;
    private final long horizon;
    private final long tick;
    private double missing;
    private long at = Long.MIN_VALUE;

    /// @param refill what comes back in which time
    /// @param burst what it holds when it is full
    public BucketRule(Limit refill, long burst, long cost) {
        super(burst, cost);
        wholePerNano = refill.rate();
        perNano = wholePerNano;
        horizon = (long) Math.ceil(burst / perNano);
        tick = Math.min(TICK_NANOS, horizon / TICKS);
    }

    /// Of a bucket that is shared less comes back, too.
    @Override
    public void useShare(double share, long now) {
        super.useShare(share, now);
        if (at != Long.MIN_VALUE) {
            missing = used(now);
            at = Math.max(at, now);
        }
        perNano = wholePerNano * share;
    }

    @Override
    public long horizonNanos() {
        return horizon;
    }

    @Override
    long whenAtMost(long room, long now) {
        double excess = used(now) - room;
        return excess <= 0 ? now : Math.max(now, at) + (long) Math.ceil(excess / perNano);
    }

    @Override
    void charge(long ended, long amount) {
        long later = Math.max(at, ended + tick);
        missing = used(later) + amount;
        at = later;
    }

    @Override
    double used(long now) {
        return at == Long.MIN_VALUE ? 0 : Math.max(0, missing - perNano * Math.max(0, now - at));
    }
}
