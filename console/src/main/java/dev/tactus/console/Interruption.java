package dev.tactus.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// While open, SIGTERM and Ctrl-C ask the work to stop and wait for it a few seconds, so that it can seal what it has.
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 15;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /// @param stop asks the work to stop; returns at once
    /// @param tooLate what to tell if it doesn't in time
    Interruption(Runnable stop, Runnable tooLate) {
        hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            tooLate.run();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "tactus-stop");
        Runtime.getRuntime().addShutdownHook(hook);
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
