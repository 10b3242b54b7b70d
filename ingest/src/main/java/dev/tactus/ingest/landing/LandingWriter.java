package dev.tactus.ingest.landing;

import dev.tactus.ingest.context.RunContext;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lands what workers have fetched: one thread fills a chunk, seals it when it is full or old, and begins another.
///
/// Workers may add more while a chunk is sealed, until {@value #CAPACITY_KB} KB of payloads wait; then they wait too.
/// So memory is bounded and a seal costs no quota. A failure is reported once and fails everything that is added
/// after it.
///
/// Thread-safe. Closing seals nothing: [#flush] first.
public final class LandingWriter implements AutoCloseable {
    private static final int CAPACITY_KB = 12 * 1024;
    private static final long POLL_MILLIS = 200;

    private sealed interface Message {}

    private record Add(FetchedBatch batch, int kilobytes) implements Message {}

    private record Flush(CompletableFuture<@Nullable Void> done) implements Message {}

    private record Stop() implements Message {}

    private final RunContext run;
    private final ChunkBounds bounds;
    private final ItemProgress itemProgress;
    private final PartPublication parts;
    private final Consumer<Throwable> onFailure;
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final Semaphore capacity = new Semaphore(CAPACITY_KB, true);
    private final AtomicLong settled = new AtomicLong();
    private CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);
    private volatile @Nullable Throwable failure;
    /// the flush under way; the landing thread only
    private @Nullable Flush flushing;

    /// @param onFailure called on the landing thread when it can't go on
    public LandingWriter(
            RunContext run,
            ChunkBounds bounds,
            ItemProgress itemProgress,
            PartPublication parts,
            Consumer<Throwable> onFailure) {
        this.run = run;
        this.bounds = bounds;
        this.itemProgress = itemProgress;
        this.parts = parts;
        this.onFailure = onFailure;
    }

    public LandingWriter start() {
        // a platform thread: DuckDB and SQLite hold their carrier while they work
        ended = CompletableFuture.runAsync(
                this::land, Thread.ofPlatform().name("tactus-landing").daemon()::start);
        return this;
    }

    /// Adds a batch; waits while there is no capacity.
    public void add(FetchedBatch batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        int kilobytes = (int) Math.min(CAPACITY_KB, 1 + batch.weight() / 1024);
        capacity.acquire(kilobytes);
        throwFailure();
        queue.add(new Add(batch, kilobytes));
    }

    /// Seals everything added so far; returns when the ledger has it.
    public void flush() {
        throwFailure();
        Flush flush = new Flush(new CompletableFuture<>());
        queue.add(flush);
        if (failure != null) {
            // the thread may have ended before it saw this message
            flush.done().complete(null);
        }
        flush.done().join();
        throwFailure();
    }

    /// Items that were settled since the start.
    public long settled() {
        return settled.get();
    }

    @Override
    public void close() {
        queue.add(new Stop());
        ended.join();
    }

    private void land() {
        try (OpenChunk chunk = new OpenChunk(run, bounds)) {
            while (true) {
                switch (queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    case null -> {}
                    case Add add -> {
                        chunk.add(add.batch());
                        count(add.batch());
                        capacity.release(add.kilobytes());
                    }
                    case Flush flush -> {
                        flushing = flush;
                        chunk.seal();
                        flush.done().complete(null);
                    }
                    case Stop _ -> {
                        return;
                    }
                }
                if (chunk.due()) {
                    chunk.seal();
                }
                if (parts.due()) {
                    chunk.seal();
                    parts.publish();
                }
            }
        } catch (InterruptedException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void count(FetchedBatch batch) {
        batch.settled().forEach(itemProgress::settled);
        settled.addAndGet(batch.settled().size());
    }

    private void fail(Throwable cause) {
        failure = cause;
        capacity.release(Integer.MAX_VALUE / 2);
        if (flushing != null) {
            flushing.done().complete(null);
        }
        for (Message message = queue.poll(); message != null; message = queue.poll()) {
            if (message instanceof Flush flush) {
                flush.done().complete(null);
            }
        }
        onFailure.accept(cause);
    }

    private void throwFailure() {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
