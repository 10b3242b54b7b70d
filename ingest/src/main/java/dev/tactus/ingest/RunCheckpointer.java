package dev.tactus.ingest;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.fetch.ResolutionBuffer;
import dev.tactus.ledger.runs.RunCounters;
import dev.tactus.source.SourceReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Saves, once a second on a thread of its own, what a crash must not lose: resolved ids, the state of the limits, the
/// request counters. Closing saves once more.
final class RunCheckpointer implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final RunContext context;
    private final ResolutionBuffer resolutions;
    private final Runnable afterEach;
    private final Consumer<Throwable> onFailure;
    private final CountDownLatch over = new CountDownLatch(1);
    private CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);
    private SourceReport saved;

    /// @param afterEach run after each checkpoint, on the same thread
    /// @param onFailure called when the ledger can't save it
    RunCheckpointer(RunContext run, ResolutionBuffer resolutions, Runnable afterEach, Consumer<Throwable> onFailure) {
        this.context = run;
        this.resolutions = resolutions;
        this.afterEach = afterEach;
        this.onFailure = onFailure;
        this.saved = context.source().report();
    }

    RunCheckpointer start() {
        ended = CompletableFuture.runAsync(this::run, Thread.ofVirtual().name("tactus-checkpointer")::start);
        return this;
    }

    @Override
    public void close() {
        over.countDown();
        ended.join();
        checkpoint(true);
    }

    private void run() {
        try {
            while (!over.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                checkpoint();
                afterEach.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /// Saves now.
    void checkpoint() {
        checkpoint(false);
    }

    /// @param last whether no request is made any more
    private synchronized void checkpoint(boolean last) {
        SourceReport now = context.source().report();
        RunCounters more = new RunCounters(
                now.requests() - saved.requests(),
                now.throttled() - saved.throttled(),
                now.retried() - saved.retried());
        context.ledger().transaction(() -> {
            resolutions.flush();
            context.resources()
                    .pacer()
                    .ifPresent(pacer -> context.ledger()
                            .limitStates()
                            .save(context.sourceName(), last ? pacer.saveLast() : pacer.save()));
            if (!more.equals(RunCounters.NONE)) {
                context.ledger().runs().count(context.runId(), more);
            }
        });
        saved = now;
    }
}
