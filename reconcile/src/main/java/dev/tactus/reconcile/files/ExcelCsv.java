package dev.tactus.reconcile.files;

import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.files.FileColumns.Kind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows as CSV for spreadsheets, which guess: a byte order mark, so that titles in every script are read as UTF-8;
/// human headings; and ids as formulas that are texts, so that none becomes a number or loses digits.
///
/// It is a copy to look at. What a close keeps, to the byte, is [PeriodCsv].
final class ExcelCsv {
    private static final String MARK = "\uFEFF";
    private static final Set<String> IDS =
            Set.of("isrc", "run_ids", "report_ids", "api_snapshot_id", "report_snapshot_id", "reconciliation_id");

    private final Workbench bench;
    private final String rows;
    private final Optional<HomeColumns> besides;

    /// @param rows a relation with the columns of `reconciled`
    ExcelCsv(Workbench bench, String rows, Optional<HomeCurrency> home) {
        this.bench = bench;
        this.rows = rows;
        this.besides = home.map(HomeColumns::new);
    }

    void write(OutputStream out) throws IOException {
        CanonicalCsv.macros(bench);
        bench.run("CREATE OR REPLACE MACRO csv_id(t) AS CASE WHEN t IS NULL OR t = '' THEN ''"
                + " ELSE '\"=\"\"' || replace(t, '\"', '') || '\"\"\"' END");
        String line = FileColumns.RECONCILED.stream().map(ExcelCsv::field).collect(Collectors.joining(" || ',' || "));
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        buffered.write((MARK
                        + Stream.concat(
                                        FileColumns.RECONCILED.stream(),
                                        besides.isPresent() ? HomeColumns.COLUMNS.stream() : Stream.empty())
                                .map(FileColumns.Column::heading)
                                .collect(Collectors.joining(",", "", "\r\n")))
                .getBytes(StandardCharsets.UTF_8));
        String select = "SELECT " + line + ", " + (besides.isPresent() ? HomeColumns.MONEY.text() : "NULL") + " FROM "
                + rows + " ORDER BY isrc, territory, usage_type";
        bench.query(select, new RowSink() {
            @Override
            public void columns(List<RowSink.Column> columns) {}

            @Override
            public void row(List<@Nullable Object> values) {
                try {
                    String home = besides.map(columns -> "," + columns.csv(values.get(1)))
                            .orElse("");
                    buffered.write((values.getFirst() + home + "\r\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        buffered.flush();
    }

    private static String field(FileColumns.Column column) {
        if (IDS.contains(column.name())) {
            return "csv_id(" + (column.kind() == Kind.WHOLE ? "CAST(" + column.name() + " AS VARCHAR)" : column.text())
                    + ")";
        }
        return CanonicalCsv.field(column);
    }
}
