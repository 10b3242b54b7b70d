package dev.tactus.limits.metering;

/// A counter that starts again with each window.
final class WindowMeter extends QuotaMeter {
    private final LimitKind.WindowStart origin;
    private final int permits;
    private final long window;
    private long start;
    private int used;

    WindowMeter(LimitKind.FixedWindow kind) {
        origin = kind.start();
        permits = kind.permits();
        window = kind.limit().window().toNanos();
    }

    private void roll(long now) {
        if (used > 0 && now - start >= window) {
            used = 0;
        }
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
    long readyAt(long now, int cost) {
        return fits(now, cost) ? now : start + window;
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
        return freshAt(now);
    }

    @Override
    long freshAt(long now) {
        roll(now);
        return used == 0 ? now : start + window;
    }

    @Override
    void takeOver(QuotaMeter before, long now) {
        if (before instanceof WindowMeter fixed && fixed.origin == origin && fixed.window == window) {
            start = fixed.start;
            used = fixed.used;
            roll(now);
        } else {
            int taken = before.used(now);
            if (taken > 0) {
                count(now, taken);
            }
        }
    }
}
