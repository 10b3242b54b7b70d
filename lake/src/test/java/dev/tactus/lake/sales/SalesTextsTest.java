package dev.tactus.lake.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.CollectedRows;
import dev.tactus.lake.Lake;
import dev.tactus.lake.table.LakeSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Few recordings with many rows are written from lists of their texts, many recordings row by row: nobody who reads
/// the files may see a difference.
class SalesTextsTest {
    private static final int ROWS = 4_000;
    private static final SaleContext OCTOBER = new SaleContext(
            "Spotify",
            "US",
            "stream",
            LocalDate.of(2026, 10, 1),
            LocalDate.of(2026, 10, 31),
            "2026-11",
            "USD",
            null,
            null);
    private static final SaleContext BARE = new SaleContext(null, "ZZ", "stream", null, null, null, null, null, null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static List<SaleRecording> recordings(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SaleRecording(
                        i % 3 == 0 ? null : String.format(Locale.ROOT, "USABC25%05d", i),
                        null,
                        i % 5 == 0 ? "" : "it's \"title\" " + i,
                        i % 2 == 0 ? null : "Ártist, " + i % 7,
                        i % 3 == 0 ? "key|" + i : null))
                .toList();
    }

    private static void write(Lake lake, List<SaleRecording> recordings) {
        try (SalesWriter writer = lake.sales().writer("r1", "Somebody's")) {
            for (int line = 0; line < ROWS; line++) {
                writer.sale(
                        line,
                        line % 2 == 0 ? OCTOBER : BARE,
                        recordings.get(line % recordings.size()),
                        1L,
                        null,
                        ("row " + line).getBytes(StandardCharsets.UTF_8));
            }
            try (PreparedSales written = writer.finish()) {
                written.commit(Set.of(), Map.of());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40, ROWS / 8, ROWS / 8 + 1, ROWS})
    void textsAreReadAsTheyWereGiven(int count) {
        List<SaleRecording> recordings = recordings(count);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (int line = 0; line < ROWS; line++) {
            SaleRecording recording = recordings.get(line % count);
            boolean even = line % 2 == 0;
            expected.add(Arrays.asList(
                    (long) line,
                    "Somebody's",
                    even ? "Spotify" : null,
                    even ? "2026-11" : null,
                    recording.isrc,
                    recording.upc,
                    recording.title,
                    recording.artist,
                    recording.usageKey,
                    "row " + line));
        }

        CollectedRows found = new CollectedRows();
        try (Lake lake = Lake.open(folder, LakeSettings.defaults())) {
            write(lake, recordings);
            lake.query(
                    "SELECT line, sender, service, statement_period, isrc, upc, title, artist, usage_key, raw"
                            + " FROM sales ORDER BY line",
                    found);
        }

        assertThat(found.values()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, ROWS})
    void theFileHoldsTextsWithTheirTrueRangeAndTheirNulls(int count) throws IOException, SQLException {
        List<SaleRecording> recordings = recordings(count);
        try (Lake lake = Lake.open(folder, LakeSettings.defaults())) {
            write(lake, recordings);
        }

        assertThat(all("SELECT name, type, converted_type, field_id FROM parquet_schema('" + file()
                        + "') WHERE name IN ('report_id', 'service', 'isrc', 'upc', 'usage_key') ORDER BY field_id"))
                .containsExactly(
                        "report_id BYTE_ARRAY UTF8 1",
                        "service BYTE_ARRAY UTF8 4",
                        "isrc BYTE_ARRAY UTF8 5",
                        "upc BYTE_ARRAY UTF8 6",
                        "usage_key BYTE_ARRAY UTF8 20");
        String first = "USABC2500001";
        String last = recordings.stream()
                .flatMap(recording -> Stream.ofNullable(recording.isrc))
                .max(String::compareTo)
                .orElseThrow();
        long without = IntStream.range(0, ROWS)
                .filter(line -> recordings.get(line % count).isrc == null)
                .count();
        assertThat(all("SELECT path_in_schema, min(stats_min_value), max(stats_max_value), sum(stats_null_count)"
                        + " FROM parquet_metadata('" + file()
                        + "') WHERE path_in_schema IN ('service', 'isrc', 'upc') GROUP BY ALL ORDER BY 1"))
                .containsExactly(
                        "isrc " + first + " " + last + " " + without,
                        "service Spotify Spotify " + ROWS / 2,
                        "upc null null " + ROWS);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tactus/sales/data"))) {
            return files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> all(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(String.valueOf(row.getString(i)));
                }
                lines.add(String.join(" ", cells));
            }
        }
        return lines;
    }
}
