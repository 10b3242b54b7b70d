package dev.tactus.lake;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one report into data files of the lake, invisible until [WrittenSales#commit].
///
/// Rows are collected in DuckDB's memory, off the heap, and written chunk by chunk while the next chunk is filled.
/// Memory is bounded by DuckDB's limit whatever the report's size. One thread at a time fills it, always the same one.
/// Closing without finishing leaves nothing.
public final class SalesWriter implements AutoCloseable {
    private final Lake lake;
    private final String reportId;
    private final String sender;
    private final long chunkBytes;
    private final Duck duck;
    private final Duck writing;
    private final ExecutorService copying;
    /// Of the copying thread while it runs.
    private final List<DataFile> saleFiles = new ArrayList<>();

    private final List<DataFile> rejectFiles = new ArrayList<>();
    private final Rewriter sales;
    private final Rewriter rejects;
    /// One is filled while the other one is written.
    private final List<SalesRows> rows;

    private SalesChunk chunk;
    private long chunks;
    private @Nullable Future<?> pending;
    private boolean finished;

    SalesWriter(Lake lake, Tables tables, Duck duck, String reportId, String sender) throws SQLException {
        LakeSettings settings = lake.settings();
        this.lake = lake;
        this.reportId = reportId;
        this.sender = sender;
        // two chunks at a time, and room for the files that are being made of one of them
        this.chunkBytes = (long) settings.memoryMegabytes() << 20 >> 2;
        this.duck = duck;
        this.writing = duck.beside();
        this.sales = new Rewriter(writing, LakeTable.SALES, tables.fresh(LakeTable.SALES), settings.targetFileBytes());
        this.rejects = new Rewriter(
                writing, LakeTable.SALES_REJECTS, tables.fresh(LakeTable.SALES_REJECTS), settings.targetFileBytes());
        this.copying = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("tactus-sales-files").factory());
        this.rows = List.of(new SalesRows(duck, "sales_rows_0"), new SalesRows(duck, "sales_rows_1"));
        this.chunk = nextChunk();
    }

    private SalesChunk nextChunk() throws SQLException {
        return new SalesChunk(duck, chunks, rows.get((int) (chunks % rows.size())));
    }

    /// Adds a row.
    ///
    /// @param raw the row as it stands in the file, UTF-8
    public void sale(
            long line,
            SaleContext context,
            SaleRecording recording,
            @Nullable Long quantity,
            @Nullable SaleAmount amount,
            byte[] raw) {
        try {
            chunk.sale(line, context, recording, quantity, amount, raw);
            rollIfFull();
        } catch (SQLException e) {
            throw Failures.of("rows can't be collected", e);
        }
    }

    /// Adds a row that could not be taken.
    public void reject(long line, String field, String reason, byte[] raw) {
        try {
            chunk.reject(line, field, reason, raw);
            rollIfFull();
        } catch (SQLException e) {
            throw Failures.of("rows can't be collected", e);
        }
    }

    /// Writes what is left, forces all files to disk and reads back what they hold.
    public WrittenSales finish() {
        try {
            roll();
            settle();
            // nothing is written beside it any more
            writing.run("SET threads = " + lake.settings().threads());
            WrittenSales written = new WrittenSales(lake, writing, reportId, saleFiles, rejectFiles);
            finished = true;
            return written;
        } catch (SQLException e) {
            throw Failures.of("the last rows can't be collected", e);
        }
    }

    private void rollIfFull() throws SQLException {
        if (chunk.bytes() >= chunkBytes) {
            roll();
            chunk = nextChunk();
        }
    }

    private void roll() throws SQLException {
        SalesChunk full = chunk;
        full.seal();
        settle();
        chunks++;
        pending = copying.submit(() -> write(full));
    }

    private void write(SalesChunk full) {
        if (full.sales() > 0) {
            saleFiles.addAll(sales.writeTyped(full.selectSales(reportId, sender), Map.of()));
        }
        if (full.rejects() > 0) {
            rejectFiles.addAll(rejects.writeUnproven(full.selectRejects(reportId), Map.of()));
        }
        full.drop(writing);
    }

    private void settle() {
        @Nullable Future<?> running = pending;
        pending = null;
        if (running == null) {
            return;
        }
        // an interrupt waits until the chunk is written: a file half made can't be told from a whole one
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    running.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw Failures.of(
                            "the rows of the report can't be written",
                            e.getCause() instanceof Exception cause ? cause : e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        try {
            settle();
        } finally {
            copying.close();
            writing.close();
            duck.close();
            rows.forEach(SalesRows::close);
            if (!finished) {
                Rewriter.discard(CurrentFiles.paths(saleFiles));
                Rewriter.discard(CurrentFiles.paths(rejectFiles));
            }
        }
    }
}
