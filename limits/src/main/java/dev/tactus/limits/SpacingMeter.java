package dev.tactus.limits;

/// One request each gap (GCRA with burst 1): the whole state is the moment from which the next may go.
///
/// With a gap of at least W/N, the first and last of any N + 1 grants lie N gaps, so at least W, apart: no window of W
/// holds more than N.
final class SpacingMeter implements Meter {
    private final long gap;
    private long next;

    SpacingMeter(LimitKind.Spacing kind, long now) {
        gap = kind.gap().toNanos();
        next = now;
    }

    @Override
    public boolean fits(long now, int cost) {
        return now - next >= 0;
    }

    @Override
    public void charge(long now, int cost) {
        next = now + gap;
    }

    @Override
    public void chargeRefused(long now, int cost) {
        charge(now, cost);
    }

    @Override
    public long readyAt(long now, int cost) {
        return now - next >= 0 ? now : next;
    }

    @Override
    public int remaining(long now) {
        return fits(now, 1) ? 1 : 0;
    }

    @Override
    public int used(long now) {
        return 1 - remaining(now);
    }

    @Override
    public long nextAt(long now) {
        return readyAt(now, 1);
    }

    @Override
    public long freshAt(long now) {
        return readyAt(now, 1);
    }

    @Override
    public void takeOver(Meter before, long now) {
        if (before instanceof SpacingMeter spacing) {
            long last = spacing.next - spacing.gap;
            next = now - (last + gap) >= 0 ? now : last + gap;
        } else if (before.used(now) > 0) {
            charge(now, 1);
        }
    }
}
