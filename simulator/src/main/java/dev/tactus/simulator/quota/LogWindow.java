package dev.tactus.simulator.quota;

/// A sliding log: a request counts until exactly one window after it arrived. Either only admitted requests count or
/// refused ones too, and then a client that goes on knocking is never let in.
final class LogWindow implements Window {
    private final long windowNanos;
    private final boolean countsRefused;
    private final LongRingBuffer stamps = new LongRingBuffer();

    LogWindow(long windowNanos, boolean countsRefused) {
        this.windowNanos = windowNanos;
        this.countsRefused = countsRefused;
    }

    @Override
    public WindowStatus look(long now, int permits) {
        stamps.dropUpTo(now - windowNanos);
        int remaining = Math.max(0, permits - stamps.size());
        if (stamps.size() == 0) {
            return new WindowStatus(remaining, 0);
        }
        int next = remaining > 0 ? 0 : stamps.size() - permits;
        return new WindowStatus(remaining, stamps.at(next) + windowNanos - now);
    }

    @Override
    public void admitted(long now) {
        stamps.add(now);
    }

    @Override
    public void refused(long now) {
        if (countsRefused) {
            stamps.add(now);
        }
    }
}
