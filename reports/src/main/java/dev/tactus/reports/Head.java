package dev.tactus.reports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The first rows of a file, as one dialect cuts them.
record Head(List<Row> rows) {
    private static final int MOST_ROWS = 400;
    private static final int BUFFER = 1 << 19;

    record Row(long line, List<String> cells) {}

    static Head of(String name, byte[] bytes, Encoding encoding, Dialect dialect) {
        InputStream in = new ByteArrayInputStream(bytes);
        RowReader reader = new RowReader(
                name, encoding.readsAsBytes() ? in : new Transcoding(in, encoding.charset()), dialect, BUFFER);
        RowBatch batch = new RowBatch(encoding.readsAsBytes() ? encoding.charset() : Encoding.UTF_8.charset(), BUFFER);
        List<Row> rows = new ArrayList<>();
        Cells cells = new Cells();
        try {
            while (rows.size() < MOST_ROWS && reader.fill(batch)) {
                for (int row = 0; row < batch.rows() && rows.size() < MOST_ROWS; row++) {
                    if (!batch.isBroken(row)) {
                        batch.read(row, cells);
                        rows.add(new Row(batch.line(row), cells.texts()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // the last one may be cut off
        return new Head(
                bytes.length < Survey.HEAD - 4 || rows.isEmpty() || rows.size() == MOST_ROWS
                        ? rows
                        : rows.subList(0, rows.size() - 1));
    }
}
