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

/// Lands what the workers bring: one thread that fills a chunk, seals it when it is full or old, and begins another.
///
/// Workers may bring more while a chunk is sealed, until {@value #ROOM_KB} KB of payloads wait; then they wait too. So
/// memory is bounded and a seal costs no quota. A failure is told once and fails everything that is brought after it.
///
/// Thread-safe. Closing seals nothing: [#flush] first.
public final class LandingWriter implements AutoCloseable {
    private static final int ROOM_KB = 12 * 1024;
    private static final long LOOK_EVERY_MILLIS = 200;

    private sealed interface Message {}

    private record Bring(FetchedBatch landing, int kilobytes) implements Message {}

    private record Flush(CompletableFuture<@Nullable Void> done) implements Message {}

    private record Stop() implements Message {}

    private final RunContext run;
    private final ChunkBounds bounds;
    private final ItemProgress tally;
    private final Consumer<Throwable> onFailure;
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(ROOM_KB, true);
    private final AtomicLong settled = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    /// the flush at work; the lander's thread only
    private @Nullable Flush flushing;

    /// @param onFailure told on the lander's thread that it can't go on
    public LandingWriter(RunContext run, ChunkBounds bounds, ItemProgress tally, Consumer<Throwable> onFailure) {
        this.run = run;
        this.bounds = bounds;
        this.tally = tally;
        this.onFailure = onFailure;
        // a platform thread: DuckDB and SQLite hold their carrier while they work
        this.thread = Thread.ofPlatform().name("tactus-lander").daemon().unstarted(this::land);
    }

    public LandingWriter start() {
        thread.start();
        return this;
    }

    /// Brings something; waits while there is no room.
    public void bring(FetchedBatch landing) throws InterruptedException {
        if (landing.isEmpty()) {
            return;
        }
        int kilobytes = (int) Math.min(ROOM_KB, 1 + landing.weight() / 1024);
        room.acquire(kilobytes);
        throwFailure();
        queue.add(new Bring(landing, kilobytes));
    }

    /// Seals everything brought so far; returns when it is noted.
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

    /// Items whose outcome was brought and landed since the start.
    public long settled() {
        return settled.get();
    }

    @Override
    public void close() {
        queue.add(new Stop());
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
    }

    private void land() {
        try (OpenChunk chunk = new OpenChunk(run, bounds)) {
            while (true) {
                switch (queue.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    case null -> {}
                    case Bring bring -> {
                        chunk.add(bring.landing());
                        count(bring.landing());
                        room.release(bring.kilobytes());
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
            }
        } catch (InterruptedException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void count(FetchedBatch landing) {
        landing.settled().forEach(tally::settled);
        settled.addAndGet(landing.settled().size());
    }

    private void fail(Throwable cause) {
        failure = cause;
        room.release(Integer.MAX_VALUE / 2);
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
