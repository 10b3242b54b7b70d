package dev.tactus.ingest.context;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The virtual threads of one stage. The first that fails stops the others, and [#join] throws its failure.
///
/// Thread-safe. Closing waits until every thread is gone.
public final class WorkerGroup implements AutoCloseable {
    /// Work that may be interrupted.
    @FunctionalInterface
    public interface Task {
        void run() throws InterruptedException;
    }

    private final ExecutorService threads;
    private final List<Future<?>> tasks = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    public WorkerGroup(String name) {
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
    }

    /// Starts a task; does nothing where the group was stopped before.
    public void fork(Task task) {
        try {
            tasks.add(threads.submit(() -> work(task)));
        } catch (RejectedExecutionException e) {
            // stopped before
        }
    }

    private void work(Task task) {
        try {
            task.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /// Waits for all. A caller that is interrupted while waiting interrupts them and waits for their end.
    public void join() throws InterruptedException {
        threads.shutdown();
        boolean interrupted = false;
        for (Future<?> task : tasks) {
            while (!task.isDone()) {
                try {
                    task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    interrupt();
                } catch (ExecutionException | CancellationException e) {
                    break;
                }
            }
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    /// Makes [#join] fail and all tasks stop.
    void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            interrupt();
        }
    }

    /// Interrupts all tasks.
    void interrupt() {
        threads.shutdownNow();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
