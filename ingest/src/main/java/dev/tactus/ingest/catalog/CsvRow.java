package dev.tactus.ingest.catalog;

import java.util.List;

/// One row of a CSV file, as it stands there and as it reads.
sealed interface CsvRow {
    /// The line on which the row begins; the first is 1.
    long line();

    /// The row's text without its line end.
    String raw();

    /// A row that could be split into fields.
    record Fields(long line, String raw, List<String> values) implements CsvRow {
        public Fields {
            values = List.copyOf(values);
        }
    }

    /// A row against RFC 4180.
    record Broken(long line, String raw, String reason) implements CsvRow {}
}
