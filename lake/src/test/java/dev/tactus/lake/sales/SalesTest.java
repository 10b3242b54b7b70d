package dev.tactus.lake.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.CollectedRows;
import dev.tactus.lake.Lake;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.lake.table.TableSummary;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesTest {
    private static final LakeSettings SMALL = new LakeSettings(64, 1, 64L << 20);

    private final SaleContext october = context("Spotify", "US", "USD");
    private final SaleContext elsewhere = context("Apple Music", "DE", "EUR");
    private final SaleRecording song = new SaleRecording("USABC2500001", null, "A song", "Somebody", null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Lake lake;

    private static SaleContext context(String service, String territory, String currency) {
        return new SaleContext(
                service,
                territory,
                "stream",
                LocalDate.of(2026, 10, 1),
                LocalDate.of(2026, 10, 31),
                "2026-11",
                currency,
                null,
                null);
    }

    private static SaleAmount amount(String reported) {
        return SaleAmount.of(new BigDecimal(reported), raw(reported));
    }

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void openLake() {
        lake = Lake.open(folder, SMALL);
    }

    @AfterEach
    void closeLake() {
        lake.close();
    }

    private List<List<@Nullable Object>> rows(String sql) {
        CollectedRows rows = new CollectedRows();
        lake.query(sql, rows);
        return rows.values();
    }

    private long count(String table) {
        return (Long) Objects.requireNonNull(
                rows("SELECT count(*) FROM " + table).getFirst().getFirst());
    }

    private void land(String id, int rows, String... replaces) {
        try (SalesWriter writer = lake.sales().writer(id, "DistroKid")) {
            for (int line = 2; line < rows + 2; line++) {
                writer.sale(line, october, song, 3L, amount("0.5"), raw("row " + line));
            }
            writer.reject(1, "isrc", "no ISRC", raw("bad"));
            try (PreparedSales written = writer.finish()) {
                written.commit(Set.of(replaces), Map.of());
            }
        }
    }

    @Test
    void rowsLandAsTheyWereGiven() {
        try (SalesWriter writer = lake.sales().writer("r1", "DistroKid's")) {
            writer.sale(2, october, song, -3L, amount("-12345678901234567890.123456789012345678"), raw("a,\"b\"\nc"));
            writer.sale(3, elsewhere, song, null, null, raw("é"));
            writer.reject(4, "quantity", "'x' is no number", raw("x"));
            try (PreparedSales written = writer.finish()) {
                assertThat(written.rows()).isEqualTo(2);
                assertThat(written.rejects()).isEqualTo(1);
                assertThat(written.lineSum()).isEqualTo(BigInteger.valueOf(5));
                assertThat(written.quantity()).isEqualTo(BigInteger.valueOf(-3));
                assertThat(written.totals())
                        .containsExactly(new PreparedSales.Total(
                                "USD", 1, new BigDecimal("-12345678901234567890.123456789012345678")));
                assertThat(count("sales")).as("nothing is visible yet").isZero();
                written.commit(Set.of(), Map.of("sha256", "00"));
            }
        }

        assertThat(rows("SELECT report_id, line, sender, service, isrc, territory, usage_end, quantity, currency,"
                        + " net_revenue, net_revenue_reported, raw FROM sales ORDER BY line"))
                .containsExactly(
                        List.of(
                                "r1",
                                2L,
                                "DistroKid's",
                                "Spotify",
                                "USABC2500001",
                                "US",
                                LocalDate.of(2026, 10, 31),
                                -3L,
                                "USD",
                                new BigDecimal("-12345678901234567890.123456789012345678"),
                                "-12345678901234567890.123456789012345678",
                                "a,\"b\"\nc"),
                        Arrays.asList(
                                "r1",
                                3L,
                                "DistroKid's",
                                "Apple Music",
                                "USABC2500001",
                                "DE",
                                LocalDate.of(2026, 10, 31),
                                null,
                                "EUR",
                                null,
                                null,
                                "é"));
        assertThat(rows("SELECT line, field, reason, raw FROM sales_rejects"))
                .containsExactly(List.of(4L, "quantity", "'x' is no number", "x"));
    }

    @Test
    void aReportOfManyChunksIsWhole() {
        // more than one chunk of 16 MB
        int rows = 150_000;
        try (SalesWriter writer = lake.sales().writer("r1", "DistroKid")) {
            byte[] raw = raw("x".repeat(100));
            for (int line = 1; line <= rows; line++) {
                SaleRecording each = line % 7 == 0
                        ? song
                        : new SaleRecording("USABC25" + (10000 + line % 50_000), null, "t", "a", null);
                writer.sale(line, line % 2 == 0 ? october : elsewhere, each, 1L, amount("0.000000000000000001"), raw);
            }
            try (PreparedSales written = writer.finish()) {
                assertThat(written.rows()).isEqualTo(rows);
                assertThat(written.totals().getFirst().amount()).isEqualTo(new BigDecimal("0.000000000000075000"));
                written.commit(Set.of(), Map.of());
            }
        }
        assertThat(rows("SELECT count(*), count(DISTINCT line), count(*) FILTER (isrc = 'USABC2500001') FROM sales"))
                .containsExactly(List.of(150_000L, 150_000L, 21_428L));
        assertThat(rows("SELECT count(*) FROM sales WHERE territory <> CASE WHEN line % 2 = 0 THEN 'US' ELSE 'DE' END"))
                .containsExactly(List.of(0L));
    }

    @Test
    void aReplacementTakesItsPredecessorOutInTheSameMoment() {
        land("r1", 3);
        land("r2", 2);
        land("r3", 5, "r1");

        assertThat(rows("SELECT report_id, count(*) FROM sales GROUP BY 1 ORDER BY 1"))
                .containsExactly(List.of("r2", 2L), List.of("r3", 5L));
        assertThat(rows("SELECT report_id FROM sales_rejects ORDER BY 1"))
                .containsExactly(List.of("r2"), List.of("r3"));
    }

    @Test
    void takingBackLeavesTheRowsOfOthersInTheSameFile() {
        land("r1", 3);
        land("r2", 2);
        lake.maintain(new MaintenanceSettings(1, Instant.EPOCH, Set.of(), Instant.EPOCH));
        assertThat(lake.tables())
                .filteredOn(t -> t.table() == LakeTable.SALES)
                .extracting(TableSummary::files)
                .as("both reports are in one file now")
                .containsExactly(1L);

        assertThat(lake.sales().remove("void/r1", Set.of("r1"), Map.of("by", "Ada")))
                .isEqualTo(3);
        assertThat(lake.sales().remove("void/r1", Set.of("r1"), Map.of("by", "Ada")))
                .isEqualTo(3);

        assertThat(rows("SELECT report_id, count(*) FROM sales GROUP BY 1")).containsExactly(List.of("r2", 2L));
        assertThat(count("sales_rejects")).isEqualTo(1);
    }

    @Test
    void whatIsNotCommittedLeavesNoFile() throws Exception {
        try (SalesWriter writer = lake.sales().writer("r1", "DistroKid")) {
            writer.sale(1, october, song, 1L, null, raw("x"));
            try (PreparedSales written = writer.finish()) {
                assertThat(written.rows()).isEqualTo(1);
            }
        }
        try (SalesWriter writer = lake.sales().writer("r2", "DistroKid")) {
            writer.sale(1, october, song, 1L, null, raw("x"));
        }
        assertThat(count("sales")).isZero();
        try (Stream<Path> files = Files.walk(folder.resolve("tactus").resolve("sales"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".parquet"))).isEmpty();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("tmp"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aReportWithoutRowsLandsToo() {
        try (SalesWriter writer = lake.sales().writer("r1", "DistroKid");
                PreparedSales written = writer.finish()) {
            written.commit(Set.of(), Map.of());
        }
        assertThat(lake.landed("r1")).extracting(TableCommit::table).contains(LakeTable.SALES);
    }

    @Test
    void claimsAreComparedByWhatIsSoldWhereAndWhen() {
        land("r1", 3);
        try (SalesWriter writer = lake.sales().writer("r2", "TuneCore")) {
            writer.sale(1, october, song, 900L, amount("7"), raw("x"));
            writer.sale(2, elsewhere, song, 900L, amount("7"), raw("x"));
            try (PreparedSales written = writer.finish()) {
                assertThat(written.overlap("r1", true)).isEqualTo(new PreparedSales.Overlap(2, 1, 1));
                assertThat(written.overlap("nobody", true).common()).isZero();
            }
        }
    }

    @Test
    void amountsBeyondTheDecimalAreSaidOrRoundedHalfToEven() {
        assertThat(amount("0.0000000000000000005").landed()).isEqualByComparingTo("0");
        assertThat(amount("0.0000000000000000015").landed()).isEqualByComparingTo("0.000000000000000002");
        assertThat(amount("-1").landed()).isEqualByComparingTo("-1");
        assertThatThrownBy(() -> amount("100000000000000000000")).hasMessageContaining("20 digits");
    }

    private void bulk(SalesWriter writer, int rows) {
        byte[] raw = raw("x".repeat(1_000));
        for (int line = 1; line <= rows; line++) {
            writer.sale(line, october, song, 1L, null, raw);
        }
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("tactus/sales"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    @Test
    void aReportLargerThanTheMemoryIsWrittenWhileItComesAndLeavesNothingWhenGivenUp() throws IOException {
        try (SalesWriter writer = lake.sales().writer("r1", "DistroKid")) {
            // four chunks of 16 MB: the third one is sealed only once the first one is in a file
            bulk(writer, 65_000);
            assertThat(dataFiles()).isNotEmpty();
        }
        assertThat(dataFiles()).isEmpty();
    }

    @Test
    void anInterruptWaitsUntilTheRowsAreWritten() {
        try (SalesWriter writer = lake.sales().writer("r1", "DistroKid")) {
            bulk(writer, 20_000);
            Thread.currentThread().interrupt();
            try (PreparedSales written = writer.finish()) {
                assertThat(Thread.interrupted()).isTrue();
                assertThat(written.rows()).isEqualTo(20_000);
            }
        }
    }
}
