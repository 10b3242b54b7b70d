package dev.tactus.limits.metering;

/// One request each gap (GCRA with burst 1): the whole state is the moment from which the next may go.
///
/// With a gap of at least W/N, the first and last of any N + 1 grants lie N gaps, so at least W, apart: no window of W
/// holds more than N.
final class SpacingMeter extends QuotaMeter {
    private static final long FURTHEST = 1L << 61;

    private final long gap;
    private long free;

    SpacingMeter(LimitKind.Spacing kind, long now) {
        gap = kind.gap().toNanos();
        free = now;
    }

    @Override
    boolean fits(long now, int cost) {
        return now - free >= 0;
    }

    @Override
    void charge(long now, int cost) {
        free = now + gap;
    }

    @Override
    void chargeRefused(long now, int cost) {
        charge(now, cost);
    }

    @Override
    void owe(long now, int cost) {
        long debt = cost > FURTHEST / gap ? FURTHEST : cost * gap;
        free = Math.min(now + FURTHEST, Math.max(now, free) + debt);
    }

    @Override
    long readyAt(long now, int cost) {
        return now - free >= 0 ? now : free;
    }

    @Override
    int remaining(long now) {
        return fits(now, 1) ? 1 : 0;
    }

    @Override
    int used(long now) {
        return 1 - remaining(now);
    }

    @Override
    long nextAt(long now) {
        return readyAt(now, 1);
    }

    @Override
    long freshAt(long now) {
        return readyAt(now, 1);
    }

    @Override
    void takeOver(QuotaMeter before, long now) {
        if (before instanceof SpacingMeter spacing) {
            long last = spacing.free - spacing.gap;
            free = now - (last + gap) >= 0 ? now : last + gap;
        } else if (before.used(now) > 0) {
            charge(now, 1);
        }
    }
}
