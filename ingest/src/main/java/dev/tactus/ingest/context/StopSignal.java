package dev.tactus.ingest.context;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The request to stop a run, and the workers it interrupts. Thread-safe.
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile @Nullable WorkerGroup workers;

    public void request() {
        requested.countDown();
        WorkerGroup watched = workers;
        if (watched != null) {
            watched.interrupt();
        }
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    /// From now on these workers are interrupted when the run is to stop.
    public void watch(WorkerGroup watched) {
        workers = watched;
        if (requested()) {
            watched.interrupt();
        }
    }

    /// Fails the workers: something that they depend on is broken.
    public void fail(Throwable cause) {
        WorkerGroup watched = workers;
        if (watched != null) {
            watched.fail(cause);
        }
    }

    /// Waits, or less long if the run is to stop.
    public void await(Duration time) throws InterruptedException {
        boolean _ = requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
