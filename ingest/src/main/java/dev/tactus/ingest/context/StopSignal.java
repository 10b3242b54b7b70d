package dev.tactus.ingest.context;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Whether a run was asked to stop, and whom to tell. Thread-safe.
public final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile @Nullable WorkerGroup crew;

    public void ask() {
        asked.countDown();
        WorkerGroup working = crew;
        if (working != null) {
            working.interrupt();
        }
    }

    public boolean asked() {
        return asked.getCount() == 0;
    }

    /// From now on this crew is interrupted when the run is to stop.
    public void watch(WorkerGroup working) {
        crew = working;
        if (asked()) {
            working.interrupt();
        }
    }

    /// Fails the crew at work: something that it depends on is broken.
    public void fail(Throwable cause) {
        WorkerGroup working = crew;
        if (working != null) {
            working.fail(cause);
        }
    }

    /// Waits, or less long if the run is to stop.
    public void await(Duration time) throws InterruptedException {
        boolean _ = asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
