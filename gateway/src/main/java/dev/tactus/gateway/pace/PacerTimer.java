package dev.tactus.gateway.pace;

import dev.tactus.limits.Alarm;
import dev.tactus.limits.Ticker;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Alarms for as many pacers as there are applications, on one thread. Thread-safe.
public final class PacerTimer implements AutoCloseable {
    private final Ticker ticker;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("tactus-gateway-pace").factory());

    public PacerTimer(Ticker ticker) {
        this.ticker = ticker;
        timer.setRemoveOnCancelPolicy(true);
    }

    public Alarm alarm() {
        return new Alarm() {
            private @Nullable ScheduledFuture<?> pending;

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
            public void close() {
                clear();
            }
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
