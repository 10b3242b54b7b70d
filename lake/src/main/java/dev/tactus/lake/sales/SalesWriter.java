package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.table.LakeSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one report into data files of the lake, invisible until [PreparedSales#commit].
///
/// Rows are collected off the heap, chunk by chunk; two full chunks are written, each by a thread of its own, while the
/// next one is filled. Memory is bounded by the lake's settings whatever the report's size. One thread at a time fills
/// it, always the same one. Closing without finishing leaves nothing.
public final class SalesWriter implements AutoCloseable {
    /// Writing takes longer than filling, by less than twice (docs/benchmarks.md).
    private static final int WRITERS = 2;

    private final SalesReports reports;
    private final String reportId;
    private final String sender;
    private final long chunkBytes;
    private final DuckDb duck;
    private final ExecutorService copying = Executors.newFixedThreadPool(
            WRITERS, Thread.ofPlatform().name("tactus-sales-files-", 1).factory());
    private final List<SalesFiles> writers = new ArrayList<>();
    /// For the chunks that are written, and the one that is filled.
    private final List<SalesRows> rows = new ArrayList<>();
    /// By writer.
    private final List<Optional<CompletableFuture<Void>>> pending;

    private SalesChunk chunk;
    private int chunks;
    private boolean finished;

    SalesWriter(SalesReports reports, DuckDb duck, String reportId, String sender) throws SQLException {
        LakeSettings settings = reports.settings();
        this.reports = reports;
        this.reportId = reportId;
        this.sender = sender;
        // three chunks at a time, and room for the files that are being made of two of them
        this.chunkBytes = (long) settings.memoryMegabytes() << 20 >> 2;
        this.duck = duck;
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new SalesFiles(duck.beside(), reports.catalog(), settings));
        }
        for (int i = 0; i < WRITERS + 1; i++) {
            rows.add(new SalesRows(duck, "sales_rows_" + i));
        }
        this.pending = new ArrayList<>(Collections.nCopies(WRITERS, Optional.empty()));
        this.chunk = nextChunk();
    }

    private SalesChunk nextChunk() throws SQLException {
        return new SalesChunk(duck, chunks, rows.get(chunks % rows.size()));
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
        sale(line, context, recording, quantity, amount, null, raw);
    }

    /// Adds a row.
    ///
    /// @param figures what it says of its money besides; null for nothing
    /// @param raw the row as it stands in the file, UTF-8
    public void sale(
            long line,
            SaleContext context,
            SaleRecording recording,
            @Nullable Long quantity,
            @Nullable SaleAmount amount,
            @Nullable SaleFigures figures,
            byte[] raw) {
        try {
            chunk.sale(line, context, recording, quantity, amount, figures, raw);
            rollIfFull();
        } catch (SQLException e) {
            throw LakeFailures.of("rows can't be collected", e);
        }
    }

    /// Adds what a row takes off the label's money.
    public void deduction(long line, SaleDeduction deduction, byte[] raw) {
        try {
            chunk.deduction(line, deduction, raw);
            rollIfFull();
        } catch (SQLException e) {
            throw LakeFailures.of("rows can't be collected", e);
        }
    }

    /// Adds a row that could not be taken.
    public void reject(long line, String field, String reason, byte[] raw) {
        try {
            chunk.reject(line, field, reason, raw);
            rollIfFull();
        } catch (SQLException e) {
            throw LakeFailures.of("rows can't be collected", e);
        }
    }

    /// Writes what is left, forces all files to disk and reads back what they hold.
    public PreparedSales finish() {
        try {
            roll();
            settle();
            // nothing is written beside it any more
            duck.run("SET threads = " + reports.settings().threads());
            PreparedSales written = new PreparedSales(
                    reports,
                    duck,
                    reportId,
                    files(SalesFiles::sales),
                    files(SalesFiles::rejects),
                    files(SalesFiles::deductions));
            finished = true;
            return written;
        } catch (SQLException e) {
            throw LakeFailures.of("the last rows can't be collected", e);
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
        int writer = chunks % WRITERS;
        settle(writer);
        chunks++;
        SalesFiles files = writers.get(writer);
        pending.set(
                writer, Optional.of(CompletableFuture.runAsync(() -> files.write(full, reportId, sender), copying)));
    }

    private List<DataFile> files(Function<SalesFiles, List<DataFile>> of) {
        return writers.stream().flatMap(writer -> of.apply(writer).stream()).toList();
    }

    private void settle() {
        for (int writer = 0; writer < WRITERS; writer++) {
            settle(writer);
        }
    }

    private void settle(int writer) {
        Optional<CompletableFuture<Void>> running = pending.set(writer, Optional.empty());
        if (running.isEmpty()) {
            return;
        }
        try {
            // uninterruptibly: a file half made can't be told from a whole one
            running.get().join();
        } catch (CompletionException e) {
            throw LakeFailures.of(
                    "the rows of the report can't be written", e.getCause() instanceof Exception cause ? cause : e);
        }
    }

    @Override
    public void close() {
        try {
            settle();
        } finally {
            // waits for those that a failure of another one left running
            copying.close();
            writers.forEach(SalesFiles::close);
            duck.close();
            rows.forEach(SalesRows::close);
            if (!finished) {
                writers.forEach(SalesFiles::discard);
            }
        }
    }
}
