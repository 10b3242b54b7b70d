package dev.tactus.limits.metering;

/// A counter that starts again with each window.
final class WindowMeter extends QuotaMeter {
    private final LimitKind.WindowStart origin;
    private final int permits;
    private final long window;
    private long start;
    private int used;
    /// What is beyond this window's permits, and is taken from the next.
    private long owed;

    WindowMeter(LimitKind.FixedWindow kind) {
        origin = kind.start();
        permits = kind.permits();
        window = kind.limit().window().toNanos();
    }

    private void roll(long now) {
        if (used > 0 && now - start >= window) {
            if (owed == 0) {
                used = 0;
            } else {
                carryOver(now);
            }
        }
    }

    /// What is owed takes up window after window.
    private void carryOver(long now) {
        long windows = (now - start) / window;
        long left = Math.max(0, owed - (windows - 1) * permits);
        used = (int) Math.min(left, permits);
        owed = left - used;
        start += windows * window;
    }

    private void count(long now, int cost) {
        if (used == 0) {
            start = switch (origin) {
                case EPOCH -> Math.floorDiv(now, window) * window;
                case FIRST_REQUEST -> now;
            };
        }
        used = cost > Integer.MAX_VALUE - used ? Integer.MAX_VALUE : used + cost;
    }

    @Override
    boolean fits(long now, int cost) {
        roll(now);
        return cost <= permits - used;
    }

    @Override
    void charge(long now, int cost) {
        count(now, cost);
    }

    @Override
    void chargeRefused(long now, int cost) {
        roll(now);
        count(now, cost);
    }

    @Override
    void owe(long now, int cost) {
        roll(now);
        int room = Math.max(0, permits - used);
        count(now, Math.min(cost, room));
        owed += Math.max(0, cost - room);
    }

    @Override
    long readyAt(long now, int cost) {
        return fits(now, cost) ? now : start + window * (1 + windows(owed + cost - permits));
    }

    @Override
    int remaining(long now) {
        return Math.max(0, permits - used(now));
    }

    @Override
    int used(long now) {
        roll(now);
        return used;
    }

    @Override
    long nextAt(long now) {
        return used(now) == 0 ? now : readyAt(now, 1 + remaining(now));
    }

    @Override
    long freshAt(long now) {
        roll(now);
        return used == 0 ? now : start + window * (1 + windows(owed));
    }

    /// How many windows it takes until so much is paid.
    private long windows(long debt) {
        return Math.ceilDiv(Math.max(0, debt), permits);
    }

    @Override
    void takeOver(QuotaMeter before, long now) {
        if (before instanceof WindowMeter fixed && fixed.origin == origin && fixed.window == window) {
            start = fixed.start;
            used = fixed.used;
            owed = fixed.owed;
            roll(now);
        } else {
            int taken = before.used(now);
            if (taken > 0) {
                count(now, taken);
            }
        }
    }
}
