package dev.tactus.limits;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Alarms that sleep for real, for as many pacers as there are, on one daemon thread that is idle between rings.
/// Thread-safe.
public final class PacerAlarms implements AutoCloseable {
    private final Ticker ticker;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("tactus-pacer").factory());

    public PacerAlarms(Ticker ticker) {
        this.ticker = ticker;
        timer.setRemoveOnCancelPolicy(true);
    }

    /// One more alarm; closing it leaves the others as they are.
    public Alarm alarm() {
        return new TimedAlarm(() -> {});
    }

    /// The only alarm: the thread ends with it.
    Alarm only() {
        return new TimedAlarm(this::close);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private final class TimedAlarm implements Alarm {
        private final Runnable atEnd;
        private @Nullable ScheduledFuture<?> pending;

        TimedAlarm(Runnable atEnd) {
            this.atEnd = atEnd;
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
            atEnd.run();
        }
    }
}
