package dev.tactus.ingest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Whether a run was asked to stop, and whom to tell. Thread-safe.
final class Stop {
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile @Nullable Crew crew;

    void ask() {
        asked.countDown();
        Crew working = crew;
        if (working != null) {
            working.interrupt();
        }
    }

    boolean asked() {
        return asked.getCount() == 0;
    }

    /// From now on this crew is interrupted when the run is to stop.
    void watch(Crew working) {
        crew = working;
        if (asked()) {
            working.interrupt();
        }
    }

    /// Fails the crew at work: something that it depends on is broken.
    void fail(Throwable cause) {
        Crew working = crew;
        if (working != null) {
            working.fail(cause);
        }
    }

    /// Waits, or less long if the run is to stop.
    void await(Duration time) throws InterruptedException {
        boolean _ = asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
