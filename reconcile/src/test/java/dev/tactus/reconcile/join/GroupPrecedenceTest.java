package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a group of territories and its members say is never both payable, with or without an API.
class GroupPrecedenceTest {
    @TempDir
    private Path folder;

    private ReconcileFixture books;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(8);
    }

    @AfterEach
    void close() {
        books.close();
    }

    private Reconciliation reconcile(String source) {
        return new Reconciler(books.ledger, books.lake, books.services, ReconcileFixture.LENIENT, 128)
                .reconcile(source, OCTOBER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                // rows of a report beside one another; what is paid
                "WW 100, DE 40, US 60;        DE 40, US 60",
                "Europe 50, DE 20, FR 30;     DE 20, FR 30",
                "US|CA 9, US 4;               US 4",
                "WW 100, Europe 50, DE 20;    DE 20",
                "WW 100, Europe 50;           ZZ 50",
                "Europe 50, EU 40;            ZZ 40",
                "Europe 50, US 7;             US 7, ZZ 50",
                "Rest of World 5, DE 20;      DE 20, ZZ 5",
                "Europe 50, DE 0;             DE 0, ZZ 50",
                "WW 100;                      WW 100",
                // refunds take nobody's place
                "Europe 400, DE -1;           DE -1, ZZ 400",
                "Europe -4, DE 10;            DE 10, ZZ -4",
                // they follow what they refund
                "Europe 100, Europe -95, DE 9; ZZ 5",
                "Europe 100, Europe -4, DE 20; DE 20",
                "Europe 100, DE 9, DE -4;     ZZ 100",
                // nor does a little beside much
                "Europe 100, DE 9;            ZZ 100",
                "Europe 100, DE 5, FR 5;      DE 5, FR 5",
                "WW 1000, Europe 100, DE 5;   ZZ 100",
                "WW 1001, Europe 100, DE 5;   WW 1001"
            })
    void aGroupAndItsMembersAreNeverBothPayable(String rows, String paid) {
        long line = 0;
        for (String row : rows.split(", ", -1)) {
            String[] said = row.split(" (?=-?[0-9]+$)", -1);
            books.sold(
                    "r" + line++,
                    "Deezer",
                    isrc(0),
                    said[0],
                    "stream",
                    OCTOBER,
                    Long.parseLong(said[1]),
                    "EUR",
                    said[1]);
        }
        books.imported();

        Reconciliation done = reconcile("deezer");

        assertThat(String.join(
                        ", ",
                        books.ask("SELECT territory || ' ' || payable_count FROM reconciled WHERE source = 'deezer'"
                                + " ORDER BY territory")))
                .isEqualTo(paid);
        assertThat(done.totals().leftOut())
                .allSatisfy(left -> assertThat(left.reason())
                        .isIn(ExcludedUsage.Reason.GROUP_BESIDE_MEMBERS, ExcludedUsage.Reason.MEMBERS_BESIDE_GROUP));
        long all = rows.chars().filter(c -> c == ',').count() + 1;
        assertThat(done.totals().leftOut().stream()
                                .mapToLong(ExcludedUsage::rows)
                                .sum()
                        + books.ask("SELECT unnest(report_ids) FROM reconciled WHERE source = 'deezer'")
                                .size())
                .as("every row is paid or left out for a reason")
                .isEqualTo(all);
    }

    @Test
    void aGroupStandsAsideForTheSameDaysAndKindOfUsageOnly() {
        books.sold("r1", "Deezer", isrc(0), "WW", "stream", Period.parse("2026-10-01..2026-10-15"), 7, "EUR", "7")
                .sold("r2", "Deezer", isrc(0), "DE", "stream", Period.parse("2026-10-16..2026-10-31"), 3, "EUR", "3")
                .sold("r3", "Deezer", isrc(0), "DE", "download", OCTOBER, 1, "EUR", "1")
                .sold("r4", "Deezer", isrc(1), "DE", "stream", OCTOBER, 5, "EUR", "5")
                .imported();
        assertThat(reconcile("deezer").totals().leftOut()).isEmpty();
    }

    @Test
    void anAdjustmentOfMoneyAloneTakesNobodysPlaceAndMoneyWithoutUnitsDoes() {
        books.sold("r1", "Deezer", isrc(0), "Europe", "stream", OCTOBER, 100, "USD", "400")
                .sold("r2", "Deezer", isrc(0), "DE", "stream", OCTOBER, 0, "USD", "75")
                .sold("r3", "Deezer", isrc(1), "Europe", "stream", OCTOBER, 0, "USD", "10")
                .sold("r4", "Deezer", isrc(1), "DE", "stream", OCTOBER, 0, "USD", "3")
                .imported();
        Reconciliation done = reconcile("deezer");
        assertThat(done.totals().revenues()).hasToString("[Money[currency=USD, amount=478]]");
        assertThat(done.totals().leftOutRevenues()).containsExactly(new Money("USD", new BigDecimal("10")));
    }

    @ParameterizedTest
    @CsvSource({"20, 2", "9, 9.6"})
    void aRefundOnOtherDaysFollowsWhatItRefunds(long units, String paid) {
        books.sold("r1", "Deezer", isrc(0), "Europe", "stream", OCTOBER, 100, "EUR", "10")
                .sold("r2", "Deezer", isrc(0), "DE", "stream", OCTOBER, units, "EUR", "2")
                .sold(
                        "r3",
                        "Deezer",
                        isrc(0),
                        "Europe",
                        "stream",
                        Period.parse("2026-10-10..2026-10-12"),
                        -4,
                        "EUR",
                        "-0.4")
                .imported();
        assertThat(reconcile("deezer").totals().revenues()).containsExactly(new Money("EUR", new BigDecimal(paid)));
    }

    @Test
    void whatStandsBesideALeftOutGroupSaysSo() {
        books.sold("r1", 0, "WW", 100)
                .sold("r1", 0, "Europe", 50)
                .sold("r2", 0, "DE", 20)
                .imported();
        reconcile("spotify");
        assertThat(books.ask("SELECT explanation FROM reconciled"))
                .containsExactly("the API gave no count; the report is payable; the rows of Europe, WW for the same"
                        + " usage are left out, so that nothing is payable twice");
    }
}
