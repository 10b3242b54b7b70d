package dev.tactus.limits.pacing;

import dev.tactus.limits.Alarm;
import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that stands still until a test moves it: ticker, calendar and alarm in one.
final class ManualTime implements Ticker, InstantSource, Alarm {
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private long nanos = 7_000_000_000L;
    private final long origin = nanos;
    private long ringsAt = Long.MAX_VALUE;
    private Runnable task = () -> {};

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return START.plusNanos(nanos - origin);
    }

    @Override
    public synchronized void set(long atNanos, Runnable ring) {
        ringsAt = atNanos;
        task = ring;
    }

    @Override
    public synchronized void clear() {
        ringsAt = Long.MAX_VALUE;
    }

    @Override
    public void close() {
        clear();
    }

    /// Moves time on, ringing on the way whatever is set.
    void advance(Duration step) {
        long end = nanos() + step.toNanos();
        while (true) {
            Runnable ring;
            synchronized (this) {
                if (ringsAt > end) {
                    nanos = end;
                    return;
                }
                nanos = Math.max(nanos, ringsAt);
                ringsAt = Long.MAX_VALUE;
                ring = task;
            }
            ring.run();
        }
    }

    long elapsedMillis() {
        return (nanos() - origin) / 1_000_000;
    }
}
