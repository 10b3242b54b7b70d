package dev.tactus.simulator.quota;

/// A counter that starts again at fixed moments: multiples of the window since the epoch, or the first request after
/// the last window's end.
final class FixedWindow implements Window {
    private final long windowNanos;
    private final boolean aligned;
    private long start = Long.MIN_VALUE;
    private int count;

    FixedWindow(long windowNanos, boolean aligned) {
        this.windowNanos = windowNanos;
        this.aligned = aligned;
    }

    @Override
    public WindowStatus look(long now, int permits) {
        roll(now);
        return new WindowStatus(Math.max(0, permits - count), count == 0 ? 0 : start + windowNanos - now);
    }

    @Override
    public void admitted(long now) {
        roll(now);
        count++;
    }

    @Override
    public void refused(long now) {}

    private void roll(long now) {
        if (aligned) {
            long begin = Math.floorDiv(now, windowNanos) * windowNanos;
            count = begin == start ? count : 0;
            start = begin;
        } else if (count == 0 || now - start >= windowNanos) {
            count = 0;
            start = now;
        }
    }
}
