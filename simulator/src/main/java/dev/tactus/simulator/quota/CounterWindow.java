package dev.tactus.simulator.quota;

/// A sliding counter, as CDNs count: this fixed window's admissions plus the last one's, weighted by how much of it
/// still lies within one window before now. Windows are aligned to the epoch.
final class CounterWindow implements Window {
    private final long windowNanos;
    private long start = Long.MIN_VALUE;
    private long previous;
    private long current;

    CounterWindow(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    @Override
    public WindowStatus look(long now, int permits) {
        roll(now);
        long into = now - start;
        // all of it times the window, so that it stays whole: room = N·W − (previous·(W − into) + current·W)
        long room = (permits - current) * windowNanos - previous * (windowNanos - into);
        int remaining = (int) Math.max(0, Math.floorDiv(room, windowNanos));
        return new WindowStatus(remaining, remaining > 0 ? windowNanos - into : waitFor(into, permits));
    }

    private long waitFor(long into, int permits) {
        long free = permits - 1 - current;
        if (free >= 0) {
            return fade(previous, free) - into;
        }
        return windowNanos - into + fade(current, permits - 1L);
    }

    /// How far into a window `count` requests of the window before weigh no more than `free`.
    private long fade(long count, long free) {
        return count <= free ? 0 : windowNanos - free * windowNanos / count;
    }

    @Override
    public void admitted(long now) {
        roll(now);
        current++;
    }

    @Override
    public void refused(long now) {}

    private void roll(long now) {
        long begin = Math.floorDiv(now, windowNanos) * windowNanos;
        if (begin != start) {
            previous = begin - windowNanos == start ? current : 0;
            current = 0;
            start = begin;
        }
    }
}
