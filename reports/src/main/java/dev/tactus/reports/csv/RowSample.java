package dev.tactus.reports.csv;

import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportCharset;
import dev.tactus.reports.file.ReportFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The first rows of a file, as one dialect cuts them.
public record RowSample(List<SampleRow> rows) {
    private static final int MOST_ROWS = 400;
    private static final int BUFFER = 1 << 19;

    public record SampleRow(long line, List<String> cells) {}

    /// All rows of a small file.
    public static List<SampleRow> all(
            String name, ReportFile content, FileScan scan, ReportCharset encoding, CsvDialect dialect)
            throws IOException {
        try (InputStream in = content.open()) {
            in.skipNBytes(scan.skip());
            return rows(name, in, encoding, dialect, Integer.MAX_VALUE);
        }
    }

    public static RowSample of(String name, byte[] bytes, ReportCharset encoding, CsvDialect dialect) {
        List<SampleRow> rows;
        try {
            rows = rows(name, new ByteArrayInputStream(bytes), encoding, dialect, MOST_ROWS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // the last one may be cut off
        return new RowSample(
                bytes.length < FileScan.HEAD - 4 || rows.isEmpty() || rows.size() == MOST_ROWS
                        ? rows
                        : rows.subList(0, rows.size() - 1));
    }

    /// Hands over all rows of a file, however large it is.
    public static void each(
            String name,
            ReportFile content,
            FileScan scan,
            ReportCharset encoding,
            CsvDialect dialect,
            Consumer<SampleRow> taker)
            throws IOException {
        try (InputStream in = content.open()) {
            in.skipNBytes(scan.skip());
            RowReader reader = new RowReader(name, encoding.rowBytes(in), dialect, RowReader.BUFFER);
            RowBatch batch = new RowBatch(encoding.rowCharset(), RowReader.BUFFER);
            RowView cells = new RowView();
            while (reader.fill(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    if (!batch.isBroken(row)) {
                        batch.read(row, cells);
                        taker.accept(new SampleRow(batch.line(row), cells.texts()));
                    }
                }
            }
        }
    }

    private static List<SampleRow> rows(
            String name, InputStream in, ReportCharset encoding, CsvDialect dialect, int most) throws IOException {
        RowReader reader = new RowReader(name, encoding.rowBytes(in), dialect, BUFFER);
        RowBatch batch = new RowBatch(encoding.rowCharset(), BUFFER);
        List<SampleRow> rows = new ArrayList<>();
        RowView cells = new RowView();
        while (rows.size() < most && reader.fill(batch)) {
            for (int row = 0; row < batch.rows() && rows.size() < most; row++) {
                if (!batch.isBroken(row)) {
                    batch.read(row, cells);
                    rows.add(new SampleRow(batch.line(row), cells.texts()));
                }
            }
        }
        return rows;
    }
}
