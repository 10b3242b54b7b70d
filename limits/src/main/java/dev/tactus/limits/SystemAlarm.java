package dev.tactus.limits;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An [Alarm] that sleeps for real, on one daemon thread that is idle between rings.
final class SystemAlarm implements Alarm {
    private final Ticker ticker;
    private final ScheduledThreadPoolExecutor timer;
    private @Nullable ScheduledFuture<?> pending;

    SystemAlarm(Ticker ticker) {
        this.ticker = ticker;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("tactus-pacer").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public synchronized void set(long atNanos, Runnable task) {
        clear();
        if (!timer.isShutdown()) {
            pending = timer.schedule(task, Math.max(0, atNanos - ticker.nanos()), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public synchronized void clear() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    @Override
    public synchronized void close() {
        clear();
        timer.shutdownNow();
    }
}
