package dev.tactus.reports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads a report on a thread of its own, a few batches ahead of whoever converts them. Closing it ends the thread.
final class BatchPump implements AutoCloseable {
    private static final int BATCHES = 3;

    /// What comes from the reading thread.
    private record Handed(
            @Nullable RowBatch batch, @Nullable Exception failure) {}

    private final BlockingQueue<Handed> filled = new ArrayBlockingQueue<>(BATCHES + 1);
    private final BlockingQueue<RowBatch> empty = new ArrayBlockingQueue<>(BATCHES);
    private final RowReader reader;
    private final Thread thread;
    private final InputStream in;

    BatchPump(String name, InputStream in, Dialect dialect, Charset charset) {
        this.in = in;
        this.reader = new RowReader(name, in, dialect, RowReader.BUFFER);
        for (int i = 0; i < BATCHES; i++) {
            empty.add(new RowBatch(charset, RowReader.BUFFER));
        }
        this.thread = Thread.ofPlatform().name("tactus-report-reader").start(this::read);
    }

    private void read() {
        try {
            while (true) {
                RowBatch batch = empty.take();
                boolean more = reader.fill(batch);
                filled.put(new Handed(more ? batch : null, null));
                if (!more) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // nobody wants more
        } catch (IOException | RuntimeException e) {
            boolean handed = filled.offer(new Handed(null, e));
            if (!handed) {
                throw new IllegalStateException("there is always room for an end", e);
            }
        }
    }

    /// The next batch; empty at the end. To be given back with [#done].
    Optional<RowBatch> next() throws IOException, InterruptedException {
        Handed handed = filled.take();
        return switch (handed.failure()) {
            case null -> Optional.ofNullable(handed.batch());
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        };
    }

    void done(RowBatch batch) {
        empty.add(batch);
    }

    /// All lines, once the end is reached.
    long lines() {
        return reader.lines();
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            in.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
