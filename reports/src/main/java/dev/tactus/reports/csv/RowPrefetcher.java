package dev.tactus.reports.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Reads a report on a thread of its own, a few batches ahead of whoever converts them. Closing it ends the thread.
public final class RowPrefetcher implements AutoCloseable {
    private static final int BATCHES = 3;

    /// What comes from the reading thread.
    private record Handover(
            @Nullable RowBatch batch, @Nullable Exception failure) {}

    private final BlockingQueue<Handover> filled = new ArrayBlockingQueue<>(BATCHES + 1);
    private final BlockingQueue<RowBatch> empty = new ArrayBlockingQueue<>(BATCHES);
    private final RowReader reader;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("tactus-report-reader").factory());
    private final InputStream in;

    public RowPrefetcher(String name, InputStream in, CsvDialect dialect, Charset charset) {
        this.in = in;
        this.reader = new RowReader(name, in, dialect, RowReader.BUFFER);
        for (int i = 0; i < BATCHES; i++) {
            empty.add(new RowBatch(charset, RowReader.BUFFER));
        }
        thread.execute(this::read);
    }

    private void read() {
        try {
            while (true) {
                RowBatch batch = empty.take();
                boolean more = reader.fill(batch);
                filled.put(new Handover(more ? batch : null, null));
                if (!more) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // nobody wants more
        } catch (IOException | RuntimeException e) {
            boolean handed = filled.offer(new Handover(null, e));
            if (!handed) {
                throw new IllegalStateException("there is always room for an end", e);
            }
        }
    }

    /// The next batch; empty at the end. To be given back with [#done].
    public Optional<RowBatch> next() throws IOException, InterruptedException {
        Handover handed = filled.take();
        return switch (handed.failure()) {
            case null -> Optional.ofNullable(handed.batch());
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        };
    }

    public void done(RowBatch batch) {
        empty.add(batch);
    }

    /// All lines, once the end is reached.
    public long lines() {
        return reader.lines();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
