package dev.tactus.reconcile;

import dev.tactus.lake.RowSink;
import dev.tactus.lake.Workbench;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows as CSV that is the same to the byte for the same rows, in any version of DuckDB: RFC 4180, UTF-8, lines that
/// end with LF, texts in quotes, numbers plain and without zeros at their end, sorted by key.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
final class Csv {
    /// What a column holds.
    enum Kind {
        TEXT,
        WHOLE,
        DECIMAL,
        DATE,
        TEXTS,
        MONEY
    }

    /// A column of a table and of the file.
    record Column(String name, Kind kind) {
        String field() {
            return switch (kind) {
                case TEXT -> "csv_text(" + name + ")";
                case WHOLE, DATE -> "coalesce(CAST(" + name + " AS VARCHAR), '')";
                case DECIMAL -> "coalesce(csv_decimal(" + name + "), '')";
                case TEXTS -> "csv_text(array_to_string(" + name + ", ' '))";
                case MONEY ->
                    "csv_text(array_to_string(list_transform(" + name
                            + ", lambda r: r.currency || ':' || csv_decimal(r.amount)), ' '))";
            };
        }
    }

    /// The columns of `reconciled`, as a person reads them.
    static final List<Column> RECONCILED = List.of(
            new Column("source", Kind.TEXT),
            new Column("period", Kind.TEXT),
            new Column("isrc", Kind.TEXT),
            new Column("title", Kind.TEXT),
            new Column("artists", Kind.TEXT),
            new Column("territory", Kind.TEXT),
            new Column("usage_type", Kind.TEXT),
            new Column("api_count", Kind.WHOLE),
            new Column("report_count", Kind.WHOLE),
            new Column("variance", Kind.DECIMAL),
            new Column("variance_relative", Kind.DECIMAL),
            new Column("status", Kind.TEXT),
            new Column("payable_count", Kind.WHOLE),
            new Column("basis", Kind.TEXT),
            new Column("finality", Kind.TEXT),
            new Column("currency", Kind.TEXT),
            new Column("report_revenue", Kind.DECIMAL),
            new Column("revenues", Kind.MONEY),
            new Column("explanation", Kind.TEXT),
            new Column("api_days", Kind.WHOLE),
            new Column("report_from", Kind.DATE),
            new Column("report_to", Kind.DATE),
            new Column("run_ids", Kind.TEXTS),
            new Column("report_ids", Kind.TEXTS),
            new Column("api_snapshot_id", Kind.WHOLE),
            new Column("report_snapshot_id", Kind.WHOLE),
            new Column("reconciliation_id", Kind.TEXT));

    /// The columns of `adjustments`.
    static final List<Column> ADJUSTMENTS = List.of(
            new Column("source", Kind.TEXT),
            new Column("period", Kind.TEXT),
            new Column("corrects", Kind.TEXT),
            new Column("close_id", Kind.TEXT),
            new Column("isrc", Kind.TEXT),
            new Column("title", Kind.TEXT),
            new Column("artists", Kind.TEXT),
            new Column("territory", Kind.TEXT),
            new Column("usage_type", Kind.TEXT),
            new Column("closed_count", Kind.WHOLE),
            new Column("booked_count", Kind.WHOLE),
            new Column("restated_count", Kind.WHOLE),
            new Column("payable_count", Kind.WHOLE),
            new Column("basis", Kind.TEXT),
            new Column("currency", Kind.TEXT),
            new Column("report_revenue", Kind.DECIMAL),
            new Column("revenues", Kind.MONEY),
            new Column("explanation", Kind.TEXT),
            new Column("run_ids", Kind.TEXTS),
            new Column("report_ids", Kind.TEXTS),
            new Column("reconciliation_id", Kind.TEXT));

    private Csv() {}

    /// What was written.
    ///
    /// @param sha256 of all bytes
    record Written(long rows, String sha256) {}

    /// Writes a relation's rows; closes nothing.
    static Written write(Workbench bench, String relation, List<Column> columns, String orderBy, OutputStream out) {
        bench.run("""
                CREATE OR REPLACE MACRO csv_text(t) AS CASE WHEN t IS NULL THEN '' ELSE '"' || replace(
                  CASE WHEN regexp_matches(t, '^\\s*[=+\\-@＝＋－＠]|^[\\t\\r\\n]') THEN '''' || t ELSE t END, '"', '""')
                  || '"' END
                """);
        bench.run("CREATE OR REPLACE MACRO csv_decimal(d) AS CASE WHEN contains(CAST(d AS VARCHAR), '.')"
                + " THEN rtrim(rtrim(CAST(d AS VARCHAR), '0'), '.') ELSE CAST(d AS VARCHAR) END");
        String line = columns.stream().map(Column::field).collect(Collectors.joining(" || ',' || "));
        try (DigestOutputStream digested = new DigestOutputStream(new Open(out), sha256());
                BufferedOutputStream buffered = new BufferedOutputStream(digested, 1 << 16)) {
            buffered.write(columns.stream()
                    .map(Column::name)
                    .collect(Collectors.joining(",", "", "\n"))
                    .getBytes(StandardCharsets.UTF_8));
            long rows =
                    bench.query("SELECT " + line + " FROM " + relation + " ORDER BY " + orderBy, new Lines(buffered));
            buffered.flush();
            return new Written(
                    rows, HexFormat.of().formatHex(digested.getMessageDigest().digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A text as a spreadsheet should take it: as a text.
    static String neutral(String text) {
        return text.matches("(?s)\\s*[=+\\-@＝＋－＠].*|[\\t\\r\\n].*") ? "'" + text : text;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static final class Lines implements RowSink {
        private final OutputStream out;

        Lines(OutputStream out) {
            this.out = out;
        }

        @Override
        public void columns(List<RowSink.Column> columns) {}

        @Override
        public void row(List<@Nullable Object> values) {
            try {
                out.write(String.valueOf(values.getFirst()).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Leaves what it writes to open.
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
