package dev.tactus.console.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// While open, SIGTERM and Ctrl-C ask the work to stop and wait a few seconds until this is closed, so that the work
/// can put away what it has and say how to go on. Thread-safe.
public final class GracefulShutdown implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private @Nullable Runnable stop;
    private boolean asked;

    /// Waits a few seconds for the work to stop.
    ///
    /// @param tooLate what to do if the work doesn't stop in time
    public GracefulShutdown(Runnable tooLate) {
        this(PATIENCE, tooLate);
    }

    /// Waits as long as is said.
    ///
    /// @param patience how long the work may take to stop
    public GracefulShutdown(Duration patience, Runnable tooLate) {
        hook = new Thread(() -> interrupt(patience, tooLate), "tactus-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Says how to ask the work to stop; asks at once if the signal has come already.
    public synchronized void asks(Runnable how) {
        stop = how;
        if (asked) {
            how.run();
        }
    }

    private void interrupt(Duration patience, Runnable tooLate) {
        synchronized (this) {
            asked = true;
            if (stop != null) {
                stop.run();
            }
        }
        try {
            if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                tooLate.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: that is what the hook was for.
        }
    }
}
