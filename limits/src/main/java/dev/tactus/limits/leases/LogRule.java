package dev.tactus.limits.leases;

import dev.tactus.limits.Limit;

/// At most N in any W that ends now: what a log counts, and more than any fixed window holds, wherever it begins.
/// Nanoseconds. Not thread-safe.
public final class LogRule extends QuotaRule {
    private static final int GRAINS = 8192;

    private final long window;
    private final AmountLog log;

    public LogRule(Limit limit, long cost) {
        super(limit.permits(), cost);
        window = limit.window().toNanos();
        log = new AmountLog(window / GRAINS);
    }

    @Override
    public long horizonNanos() {
        return window;
    }

    @Override
    long whenAtMost(long room, long now) {
        return used(now) <= room ? now : log.momentLeaving(room) + window;
    }

    @Override
    void charge(long at, long amount) {
        log.add(at, amount);
    }

    @Override
    double used(long now) {
        log.dropUntil(now - window);
        return log.total();
    }
}
