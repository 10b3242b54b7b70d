package dev.tactus.ingest;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.fetch.ResolutionBuffer;
import dev.tactus.ledger.runs.RunCounters;
import dev.tactus.source.SourceReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Keeps, once a second, what a crash must not lose: searched ids, the state of the limits, the counters of the calls.
/// It also tells the progress.
///
/// Its own thread beats; closing beats once more.
final class RunCheckpointer implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final RunContext run;
    private final ResolutionBuffer resolutions;
    private final Runnable afterwards;
    private final Consumer<Throwable> onFailure;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private SourceReport counted;

    /// @param afterwards done after each beat, on the same thread
    /// @param onFailure told when the ledger can't keep it
    RunCheckpointer(RunContext run, ResolutionBuffer resolutions, Runnable afterwards, Consumer<Throwable> onFailure) {
        this.run = run;
        this.resolutions = resolutions;
        this.afterwards = afterwards;
        this.onFailure = onFailure;
        this.counted = run.source().report();
        this.thread = Thread.ofVirtual().name("tactus-heartbeat").unstarted(this::live);
    }

    RunCheckpointer start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        over.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        beat();
    }

    private void live() {
        try {
            while (!over.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
                afterwards.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /// Keeps what there is to keep now; also on its own thread.
    synchronized void beat() {
        SourceReport now = run.source().report();
        RunCounters more = new RunCounters(
                now.requests() - counted.requests(),
                now.throttled() - counted.throttled(),
                now.retried() - counted.retried());
        run.ledger().transaction(() -> {
            resolutions.flush();
            run.ledger()
                    .limitStates()
                    .save(run.sourceName(), run.parts().pacer().save());
            if (!more.equals(RunCounters.NONE)) {
                run.ledger().runs().count(run.runId(), more);
            }
        });
        counted = now;
    }
}
