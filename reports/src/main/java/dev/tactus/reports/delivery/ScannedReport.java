package dev.tactus.reports.delivery;

import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.csv.RowBatch;
import dev.tactus.reports.csv.RowPrefetcher;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.rows.FieldBindings;
import dev.tactus.reports.rows.ImportStatistics;
import dev.tactus.reports.rows.RecordRowHandler;
import dev.tactus.reports.rows.RowHandler;
import dev.tactus.reports.rows.TableRowHandler;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/// A file that was seen whole, whose layout and sender are known, and whose rows are still to be read.
record ScannedReport(ReportFile file, FileScan scan, DetectedLayout detected, ReportMetadata metadata) {
    String name() {
        return file.name();
    }

    Layout layout() {
        return detected.layout();
    }

    /// Reads all rows into the lake's files.
    ///
    /// @param today the day of the import
    /// @param conventions how columns are written, where that is not as the layout says
    /// @return what they come to
    ImportStatistics read(ImportOptions options, LocalDate today, ColumnConventions conventions, SalesWriter writer)
            throws InterruptedException {
        ImportStatistics statistics = new ImportStatistics(today);
        RowHandler handler = handler(options, statistics, conventions);
        handler.end(each(file, scan, detected, (batch, row) -> handler.take(batch, row, writer)), writer);
        return statistics;
    }

    /// Reads all rows.
    ///
    /// @return how many lines there are
    static long each(ReportFile file, FileScan scan, DetectedLayout detected, ObjIntConsumer<RowBatch> reader)
            throws InterruptedException {
        try (InputStream in = file.open()) {
            in.skipNBytes(scan.skip());
            try (RowPrefetcher batches = new RowPrefetcher(
                    file.name(),
                    detected.encoding().rowBytes(in),
                    detected.dialect(),
                    detected.encoding().rowCharset())) {
                for (Optional<RowBatch> next = batches.next(); next.isPresent(); next = batches.next()) {
                    RowBatch batch = next.get();
                    for (int row = 0; row < batch.rows(); row++) {
                        reader.accept(batch, row);
                    }
                    batches.done(batch);
                }
                return batches.lines();
            }
        } catch (IOException e) {
            throw new BadReport(file.name() + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private RowHandler handler(ImportOptions options, ImportStatistics statistics, ColumnConventions conventions) {
        if (layout().records().isPresent()) {
            return new RecordRowHandler(
                    detected, layout().records().get(), options, metadata.sender(), statistics, conventions);
        }
        FieldBindings fields =
                new FieldBindings(layout(), detected.headings(), Map.of(), metadata.preamble(), options, conventions);
        return new TableRowHandler(detected, fields, metadata.preamble(), metadata.sender(), statistics, conventions);
    }
}
