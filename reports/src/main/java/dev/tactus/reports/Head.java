package dev.tactus.reports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The first rows of a file, as one dialect cuts them.
record Head(List<Row> rows) {
    private static final int MOST_ROWS = 400;
    private static final int BUFFER = 1 << 19;

    record Row(long line, List<String> cells) {}

    /// All rows of a small file.
    static List<Row> all(String name, Content content, Survey survey, Encoding encoding, Dialect dialect)
            throws IOException {
        try (InputStream in = content.open()) {
            in.skipNBytes(survey.skip());
            return rows(name, in, encoding, dialect, Integer.MAX_VALUE);
        }
    }

    static Head of(String name, byte[] bytes, Encoding encoding, Dialect dialect) {
        List<Row> rows;
        try {
            rows = rows(name, new ByteArrayInputStream(bytes), encoding, dialect, MOST_ROWS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // the last one may be cut off
        return new Head(
                bytes.length < Survey.HEAD - 4 || rows.isEmpty() || rows.size() == MOST_ROWS
                        ? rows
                        : rows.subList(0, rows.size() - 1));
    }

    private static List<Row> rows(String name, InputStream in, Encoding encoding, Dialect dialect, int most)
            throws IOException {
        boolean asBytes = encoding.readsAsBytes();
        InputStream bytes = asBytes ? in : new Transcoding(in, encoding.charset());
        RowReader reader = new RowReader(name, bytes, dialect, BUFFER);
        RowBatch batch = new RowBatch(asBytes ? encoding.charset() : StandardCharsets.UTF_8, BUFFER);
        List<Row> rows = new ArrayList<>();
        Cells cells = new Cells();
        while (rows.size() < most && reader.fill(batch)) {
            for (int row = 0; row < batch.rows() && rows.size() < most; row++) {
                if (!batch.isBroken(row)) {
                    batch.read(row, cells);
                    rows.add(new Row(batch.line(row), cells.texts()));
                }
            }
        }
        return rows;
    }
}
