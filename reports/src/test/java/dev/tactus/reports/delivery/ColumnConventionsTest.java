package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.gate.GateRules;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One way of writing numbers and days for each column, decided over the whole file.
class ColumnConventionsTest extends ReportsFixtureTest {
    private static final String HEADER =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    @BeforeEach
    void strictly() {
        fixture.rules = GateRules.defaults();
    }

    private static String row(int recording, String month, String quantity, String money) {
        return "2026-11-20," + month + ",Spotify,A,T,USABC25" + (10_000 + recording) + ",,\"" + quantity
                + "\",100,Song,US,0,\"" + money + "\"\n";
    }

    private List<String> money() {
        return fixture.rows("SELECT quantity, CAST(net_revenue AS DECIMAL(18,4)) FROM sales ORDER BY line");
    }

    @Test
    void decimalCommasAreNotTakenForThousands() {
        ImportOutcome.Imported imported = fixture.imported(fixture.file(
                "a.csv",
                HEADER
                        + row(1, "2026-10", "5", "0,034")
                        + row(2, "2026-10", "6", "0,500")
                        + row(3, "2026-10", "7", "0,0345")
                        + row(4, "2026-10", "1.200", "1.234,5")
                        + row(5, "2026-10", "1", "1,234")));
        assertThat(money()).containsExactly("5|0.0340", "6|0.5000", "7|0.0345", "1200|1234.5000", "1|1.2340");
        assertThat(imported.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .isEqualTo("net_revenue is read with \",\" before decimals, as the file writes it, such as"
                                + " line 2 '0,034'"));
    }

    @Test
    void thousandsAreTakenWhereNothingContradictsThem() {
        fixture.imported(fixture.file(
                "a.csv", HEADER + row(1, "2026-10", "1,200", "1,234") + row(2, "2026-10", "2,500", "1,234.5")));
        assertThat(money()).containsExactly("1200|1234.0000", "2500|1234.5000");
    }

    @Test
    void amountsThatMayBeAThousandTimesAsMuchAreNamed() {
        ImportOutcome.Imported imported = fixture.imported(
                fixture.file("a.csv", HEADER + row(1, "2026-10", "5", "1,234") + row(2, "2026-10", "6", "7")));
        assertThat(money()).containsExactly("5|1234.0000", "6|7.0000");
        assertThat(imported.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("net_revenue: line 2 '1,234' may be a thousand times as much")
                        .contains("\".\" is read as the mark before decimals"));
        assertThat(fixture.imported(fixture.file(
                                "b.csv", HEADER + row(3, "2026-10", "5", "1.234") + row(4, "2026-10", "6", "0.5")))
                        .warnings())
                .isEmpty();
    }

    @Test
    void aMonthThatASpreadsheetProgramShowsWithASpaceIsReadToo() {
        fixture.imported(fixture.file("a.csv", HEADER + row(1, "Okt 26", "5", "1.5") + row(2, "Oct 26", "5", "2.5")));
        assertThat(fixture.rows("SELECT DISTINCT usage_start FROM sales")).containsExactly("2026-10-01");
    }

    @Test
    void daysWithATimeOfDayAreReadInTheirOrder() {
        String cdBaby =
                "Report Date\tSales Date\tQuantity\tPrice\tSubtotal\tIsrc\tBarcode\tCDBabySku\tAlbum Name\tArtist Name"
                        + "\tTrack Name\tPartner Name\tTransaction Type\tDelivery Country\n";
        String row =
                "15/10/2026 00:00\t31/07/2026 00:00\t%d\t0.5\t0.5\tQZABC260000%d\t\tx\tT\tA\tT\tSpotify\tStream\tIN\n";
        ImportOutcome.Imported imported =
                fixture.imported(fixture.file("a.tsv", cdBaby + row.formatted(1, 1) + row.formatted(2, 2)));
        assertThat(imported.report().counts().rejected()).isZero();
        assertThat(fixture.rows("SELECT DISTINCT usage_start, statement_period FROM sales"))
                .containsExactly("2026-07-01|2026-10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0,034;0.5", "1.234,50;1,234.50", "1.234.567;12.5", "0.12;0,12"})
    void cellsOfOneColumnThatContradictOneAnotherRefuseTheFileAndAreShown(String one, String other) {
        String report =
                HEADER + row(1, "2026-10", "5", one) + row(2, "2026-10", "5", "7") + row(3, "2026-10", "5", other);
        assertThat(fixture.refused(fixture.file("a.csv", report)))
                .contains("net_revenue is written in two ways")
                .contains("line 2 '" + one + "'")
                .contains("line 4 '" + other + "'");
    }

    private static String sales(String... days) {
        StringBuilder report = new StringBuilder(
                "Sales Period,Posted Date,Store Name,Country Of Sale,Artist,Song Title,UPC,Optional ISRC,Sales Type,"
                        + "# Units Sold,Total Earned,Currency\n");
        for (int i = 0; i < days.length; i++) {
            report.append(days[i])
                    .append(",2026-11-05,Spotify,US,A,S,,USABC25")
                    .append(10_000 + i)
                    .append(",Streaming,7,1.5,USD\n");
        }
        return report.toString();
    }

    private List<String> days() {
        return fixture.rows("SELECT usage_start FROM sales ORDER BY line");
    }

    @Test
    void oneDayBeyondTheTwelfthTellsTheOrderOfDayAndMonthForAll() {
        ImportOutcome.Imported imported =
                fixture.imported(fixture.file("a.csv", sales("01/04/2026", "02/04/2026", "30/04/2026")));
        assertThat(imported.report().usageStart()).contains(LocalDate.of(2026, 4, 1));
        assertThat(imported.report().usageEnd()).contains(LocalDate.of(2026, 4, 30));
        assertThat(imported.report().counts().rejected()).isZero();
        assertThat(imported.warnings()).anyMatch(warning -> warning.contains("day and month the other way round"));
    }

    @Test
    void theLayoutsOrderHoldsWhereTheFileAgrees() {
        fixture.imported(fixture.file("a.csv", sales("4/1/2026", "4/2/2026", "4/30/2026")));
        assertThat(days()).hasSize(3).allMatch(day -> day.startsWith("2026-04"));
    }

    private static final String RANGES = "Artist,Title,ISRC,Country,Store,From,To,Quantity,Net\n";

    private ImportOptions ranges() {
        return ImportOptionsOf.layout(fixture.file("ranges.yaml", """
                layout: ranges
                sender: Mine
                columns: [Artist, Title, ISRC, Country, Store, From, To]
                fields:
                  artist: Artist
                  title: Title
                  isrc: ISRC
                  territory: Country
                  service: Store
                  usage_start: {column: From, format: M/d/yyyy}
                  usage_end: {column: To, format: M/d/yyyy}
                  quantity: Quantity
                  currency: {value: EUR}
                  net_revenue: Net
                """));
    }

    private static String range(int recording, String from, String to) {
        return "A,T,USABC25" + (10_000 + recording) + ",DE,Spotify," + from + "," + to + ",5,0.5\n";
    }

    @Test
    void theFirstAndTheLastDayAreWrittenInOneOrderWhicheverShowsIt() {
        fixture.imported(
                fixture.file("a.csv", RANGES + range(1, "13/4/2026", "5/5/2026") + range(2, "1/4/2026", "2/5/2026")),
                ranges());
        assertThat(fixture.rows("SELECT usage_start, usage_end FROM sales ORDER BY line"))
                .containsExactly("2026-04-13|2026-05-05", "2026-04-01|2026-05-02");
    }

    @Test
    void firstAndLastDaysInTwoOrdersRefuseTheFile() {
        assertThat(fixture.refused(
                        fixture.file(
                                "a.csv",
                                RANGES + range(1, "13/4/2026", "5/5/2026") + range(2, "1/4/2026", "4/30/2026")),
                        ranges()))
                .contains("usage_start and usage_end: day and month stand in no one order: line 2 '13/4/2026' and"
                        + " line 3 '4/30/2026'")
                .doesNotContain("; usage_end");
    }

    @Test
    void daysInTwoOrdersRefuseTheFile() {
        assertThat(fixture.refused(fixture.file("a.csv", sales("13/04/2026", "02/04/2026", "04/25/2026"))))
                .contains("day and month stand in no one order: line 2 '13/04/2026' and line 4 '04/25/2026'");
    }

    private static final String SWAPPED = "day and month the other way round";

    private String told(String sales) {
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", sales));
        return String.join(", ", days().stream().distinct().toList())
                + (imported.warnings().stream().anyMatch(warning -> warning.contains(SWAPPED)) ? ", said so" : "");
    }

    @Test
    void noUsageIsAfterItsStatement() {
        assertThat(told(sales("11/10/2026", "12/10/2026"))).isEqualTo("2026-10-01, said so");
    }

    @Test
    void whatStandsForAMonthIsItsFirstDay() {
        assertThat(told(sales("01/09/2026", "01/10/2026"))).isEqualTo("2026-09-01, 2026-10-01, said so");
    }

    @Test
    void anotherColumnTellsTheOrder() {
        assertThat(told(sales("05/09/2026", "06/09/2026").replace("2026-11-05", "15/11/2026")))
                .isEqualTo("2026-09-01, said so");
    }

    @Test
    void daysOfSomeMonthsThatMayBeOfOneAreAskedAbout() {
        assertThat(fixture.refused(fixture.file("a.csv", sales("05/09/2026", "06/09/2026", "07/09/2026"))))
                .contains(
                        "usage: all days can be read as day/month, and are then of 2026-09 rather than of 3 months from"
                                + " 2026-05 to 2026-07, such as line 2 '05/09/2026'; nothing in the file tells");
    }

    @Test
    void oneMonthThatMayBeAnotherIsSaidToBeSo() {
        assertThat(fixture.imported(fixture.file("a.csv", sales("9/7/2026"))).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("2026-07 rather than of 2026-09"));
    }

    @Test
    void whatTheSenderHasSentBeforeTellsWhichMonthIsNext() {
        String september = sales("9/7/2026", "9/8/2026");
        String july = sales("9/7/2026");
        fixture.imported(fixture.file("june.csv", sales("6/1/2026").replace("USABC2510000", "USABC2519999")));
        assertThat(fixture.refused(fixture.file("b.csv", july + "\n"))).contains("2026-07 rather than of 2026-09");
        fixture.imported(fixture.file("august.csv", sales("8/1/2026").replace("USABC2510000", "USABC2519998")));
        assertThat(fixture.imported(fixture.file("c.csv", september)).warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("rather than of"));
    }

    @Test
    void daysThatMakeOneMonthOnlyTheOtherWayRoundAreAskedAbout() {
        assertThat(fixture.refused(fixture.file(
                        "a.csv", sales("01/04/2025", "02/04/2025", "03/04/2025", "04/04/2025", "05/04/2025"))))
                .contains("all days can be read as day/month, and are then of 2025-04 rather than of 5 months");
    }

    @Test
    void aTotalIsToldInWhateverColumnItStands() {
        String report = HEADER + row(1, "2026-10", "5", "0.5") + row(2, "2026-10", "6", "0.25")
                + ",,,,Grand Total,,,11,,,,,0.75\n";
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report));
        assertThat(imported.report().counts().skipped()).isEqualTo(2);
        assertThat(imported.report().counts().landed()).isEqualTo(2);
        assertThat(imported.totalsChecked()).isEqualTo(2);

        assertThat(fixture.refused(fixture.file("b.csv", report.replace("0.75", "0.80"))))
                .contains("line 4 states a total net revenue of 0.80, but the rows add up to 0.75");
        ImportOutcome.Imported song = fixture.imported(
                fixture.file("c.csv", HEADER + row(1, "2026-09", "5", "0.5").replace(",T,", ",Total,")),
                ImportOptions.none());
        assertThat(song.report().counts().landed()).isEqualTo(1);
    }

    @Test
    void aTotalIsToldWhereThePeriodIsSaidFromOutside() {
        String report = """
                Artist,Title,ISRC,Country,Store,Quantity,Net (EUR)
                A,T,USABC2510001,DE,Spotify,5,0.5
                TOTAL,,,,,5,0.5
                """;
        Path layout = fixture.file("mine.yaml", """
                layout: mine
                sender: Mine
                columns: [Artist, Title, ISRC, Country, Store, Quantity]
                fields:
                  artist: Artist
                  title: Title
                  isrc: ISRC
                  territory: Country
                  service: Store
                  quantity: Quantity
                  currency: {header: "/Net \\\\(([A-Z]{3})\\\\)/"}
                  net_revenue: "/net.*/"
                """);
        ImportOptions options = new ImportOptions(
                Optional.of(layout.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("2026-10"),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                "");
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report), options);
        assertThat(imported.report().counts().landed()).isEqualTo(1);
        assertThat(imported.report().counts().skipped()).isEqualTo(2);
    }

    @Test
    void rowsThatStandTwiceAreSaid() {
        String report =
                HEADER + row(1, "2026-10", "5", "0.5") + row(2, "2026-10", "5", "0.5") + row(1, "2026-10", "5", "0.5");
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report));
        assertThat(imported.report().counts().landed()).isEqualTo(3);
        assertThat(imported.warnings()).containsExactly("1 row is identical to an earlier one, the first on line 4");
    }
}
