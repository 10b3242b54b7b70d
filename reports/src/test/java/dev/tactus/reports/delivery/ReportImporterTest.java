package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.ledger.royalty.ReportEvent;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.gate.GateRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is counted once, what takes another's place, what only a person can tell, what is taken back.
class ReportImporterTest extends ReportsFixtureTest {
    private static final String HEADER =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    private static String row(int recording, String territory, int quantity) {
        return row("2026-11-20", "2026-10", recording, territory, quantity);
    }

    private static String row(String reported, String month, int recording, String territory, int quantity) {
        return reported + "," + month + ",Spotify,A,T,USABC25" + (10_000 + recording) + ",," + quantity + ",100,Song,"
                + territory + ",0,0.5\n";
    }

    private static ImportOptions with(Optional<String> replace, boolean beside, Optional<String> accept) {
        return new ImportOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                replace,
                beside,
                accept,
                List.of(),
                "Ada");
    }

    private List<String> quantities() {
        return fixture.rows("SELECT CAST(sum(quantity) AS BIGINT), count(DISTINCT report_id) FROM sales");
    }

    @Test
    void theSameContentCountsOnceUnderWhateverName() throws IOException {
        byte[] content = (HEADER + row(1, "US", 5)).getBytes(StandardCharsets.UTF_8);
        Report report = fixture.imported(fixture.file("a.csv", content)).report();

        for (Path again : List.of(
                fixture.file("another name", content),
                fixture.file("b.csv.gz", BadInputTest.gzip(content)),
                fixture.file("c.zip", BadInputTest.zip("x/y.csv", content)))) {
            assertThat(fixture.take(again, ImportOptions.none()))
                    .singleElement()
                    .satisfies(outcome -> {
                        assertThat(outcome).isInstanceOf(ImportOutcome.Known.class);
                        assertThat(((ImportOutcome.Known) outcome).report().id())
                                .isEqualTo(report.id());
                    });
        }
        assertThat(quantities()).containsExactly("5|1");
    }

    @Test
    void aFolderIsTakenFileByFile() {
        fixture.file("f/a.csv", HEADER + row(1, "US", 5));
        fixture.file("f/sub/b.csv", HEADER + row(2, "US", 6));
        fixture.file("f/.hidden", "not looked at");
        fixture.file("f/c.csv", "nonsense");

        assertThat(fixture.take(fixture.folder.resolve("reports/f"), ImportOptions.none()))
                .hasExactlyElementsOfTypes(
                        ImportOutcome.Imported.class, ImportOutcome.Refused.class, ImportOutcome.Imported.class);
        assertThat(quantities()).containsExactly("11|2");
    }

    @Test
    void aCorrectedFileTakesItsPredecessorsPlace() {
        Report old = fixture.imported(fixture.file("a.csv", HEADER + row(1, "US", 5) + row(2, "US", 6)))
                .report();

        Report corrected = fixture.imported(
                        fixture.file("a2.csv", HEADER + row(1, "US", 5) + row(2, "US", 7) + row(3, "DE", 1)))
                .report();

        assertThat(corrected.replaces()).containsExactly(old.id());
        assertThat(fixture.ledger.reports().find(old.id())).map(Report::state).contains(ReportState.REPLACED);
        assertThat(quantities()).containsExactly("13|1");
    }

    @Test
    void theNextStatementsLateSalesStandBesideTheFirstOnes() {
        fixture.imported(fixture.file("a.csv", HEADER + row("2026-11-20", "2026-10", 1, "US", 5)));
        ImportOutcome.Imported later =
                fixture.imported(fixture.file("b.csv", HEADER + row("2026-12-20", "2026-10", 1, "US", 2)));

        assertThat(later.report().replaces()).isEmpty();
        assertThat(quantities()).containsExactly("7|2");
    }

    @Test
    void otherRecordingsOfTheSamePeriodStandBeside() {
        fixture.imported(fixture.file("a.csv", HEADER + row(1, "US", 5)));
        fixture.imported(fixture.file("b.csv", HEADER + row(2, "US", 2)));
        assertThat(quantities()).containsExactly("7|2");
    }

    @Test
    void aReportThatClaimsTooLittleOfAnotherToBeItsCorrectionIsAskedAbout() {
        Report old = fixture.imported(
                        fixture.file("a.csv", HEADER + row(1, "US", 5) + row(2, "US", 5) + row(3, "US", 5)))
                .report();
        Path doubtful = fixture.file("b.csv", HEADER + row(1, "US", 9));

        assertThat(fixture.refused(doubtful))
                .contains("overlaps with report " + old.id() + " (")
                .contains("--replace " + old.id())
                .contains("--beside");
        assertThat(quantities()).containsExactly("15|1");

        assertThat(fixture.imported(doubtful, with(Optional.empty(), true, Optional.empty()))
                        .beside())
                .containsExactly(old.id());
        assertThat(quantities()).containsExactly("24|2");
    }

    @Test
    void aPersonSaysWhichReportIsReplaced() {
        Report old = fixture.imported(
                        fixture.file("a.csv", HEADER + row(1, "US", 5) + row(2, "US", 5) + row(3, "US", 5)))
                .report();
        fixture.imported(
                fixture.file("b.csv", HEADER + row(1, "US", 9)), with(Optional.of(old.id()), false, Optional.empty()));
        assertThat(quantities()).containsExactly("9|1");
        assertThat(fixture.refused(
                        fixture.file("c.csv", HEADER + row(1, "US", 8)),
                        with(Optional.of(old.id()), false, Optional.empty())))
                .contains("is already replaced");
    }

    @Test
    void twoSendersThatClaimTheSameUsageAreAskedAbout() {
        fixture.imported(fixture.file("a.csv", HEADER + row(1, "US", 5) + row(2, "US", 5)));
        Path other = fixture.file("b.csv", """
                Sales Period,Posted Date,Store Name,Country Of Sale,Artist,Song Title,UPC,Optional ISRC,Sales Type,# Units Sold,Total Earned,Currency
                2026-10-01,2026-12-05,Spotify,US,A,S,,USABC2510001,Streaming,7,3.6,USD
                2026-10-01,2026-12-05,Spotify,US,A,S,,USABC2510002,Streaming,7,3.6,USD
                """);
        assertThat(fixture.refused(other))
                .contains(
                        "2 of its 2 combinations of service, recording, territory and days are also among that report's 2")
                .contains("--beside");
    }

    @Test
    void aReportThatWasTakenBackCanComeAgain() {
        Path file = fixture.file("a.csv", HEADER + row(1, "US", 5));
        Report first = fixture.imported(file).report();

        ReportVoider.VoidedReport voided = new ReportVoider(fixture.ledger, fixture.lake, ClosedPeriods.none())
                .run(first.id(), "Ada", "wrong label");
        assertThat(voided.rows()).isEqualTo(1);
        assertThat(quantities()).containsExactly("null|0");
        assertThat(fixture.ledger.reports().events(first.id()))
                .extracting(ReportEvent::what, ReportEvent::by, ReportEvent::reason)
                .last()
                .isEqualTo(tuple("voided", "Ada", "wrong label"));
        assertThatThrownBy(() -> new ReportVoider(fixture.ledger, fixture.lake, ClosedPeriods.none())
                        .run(first.id(), "Ada", "again"))
                .hasMessageContaining("is already voided");

        assertThat(fixture.imported(file).report().id()).isEqualTo(first.id() + "-2");
        assertThat(quantities()).containsExactly("5|1");
    }

    @Test
    void totalsThatDoNotFitAreRefusedUnlessSomebodyAcceptsThem() {
        String report = HEADER + row(1, "US", 5) + "Total,,,,,,,6,,,,,0.5\n";
        Path file = fixture.file("a.csv", report);
        assertThat(fixture.refused(file)).contains("line 3 states a total quantity of 6, but the rows add up to 5");

        ImportOutcome.Imported imported =
                fixture.imported(file, with(Optional.empty(), false, Optional.of("the sender confirmed it")));
        assertThat(imported.accepted()).hasSize(1);
        assertThat(fixture.ledger.reports().events(imported.report().id()))
                .extracting(ReportEvent::reason)
                .containsExactly("the sender confirmed it");
    }

    @Test
    void aRejectedRowCountsForTheTotalAllTheSame() {
        String report = HEADER + row(1, "US", 5) + row(2, "US", 1).replace("USABC", "??") + "Total,,,,,,,6,,,,,1.0\n";
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report));
        assertThat(imported.totalsChecked()).isEqualTo(2);
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 1, 1, 2));
    }

    @Test
    void headersInTheMiddleBlankRowsAndRaggedRows() {
        String report = HEADER + row(1, "US", 5) + "\n,,,,,,,,,,,,\n" + HEADER + row(2, "US", 6)
                + "one,two\n" + row(3, "US", 7).replace("\n", ",,,\n")
                + row(4, "US", 8).replace("\n", ",more\n")
                + "2026-11-20,\"2026-10,Spotify\n" + row(5, "US", 9);

        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report));

        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(10, 4, 3, 3));
        assertThat(fixture.rows("SELECT line, reason, raw FROM sales_rejects ORDER BY line"))
                .containsExactly(
                        "7|the row has fewer cells than the header has columns|one,two",
                        "9|the row has more cells than the header has columns|"
                                + row(4, "US", 8).strip() + ",more",
                        "10|a quote is never closed, or closed in the middle of a cell|2026-11-20,\"2026-10,Spotify");
        assertThat(fixture.rows("SELECT line FROM sales ORDER BY line")).containsExactly("2", "6", "8", "11");
    }

    @Test
    void aPeriodThatIsClosedIsSaid() {
        fixture.closed = (from, to) -> List.of("2026-10");
        assertThat(fixture.imported(fixture.file("a.csv", HEADER + row(1, "US", 5)))
                        .closed())
                .containsExactly("2026-10");
    }

    @Test
    void theSameFaultOfDifferentValuesIsOneReason() {
        String report = HEADER
                + row(1, "US", 5)
                + row(2, "US", 6).replace("USABC", "??")
                + row(3, "US", 6).replace("USABC", "!!");
        assertThat(fixture.imported(fixture.file("a.csv", report)).reasons())
                .singleElement()
                .satisfies(reason -> {
                    assertThat(reason.getKey()).startsWith("isrc: '??2510002' ");
                    assertThat(reason.getValue()).isEqualTo(2);
                });
    }

    @Test
    void aDoubledQuoteMeansOneWithinQuotesAndTwoWithout() {
        String report = HEADER
                + row(1, "US", 5).replace(",A,T,", ",A,\"T\"\"x\",")
                + row(1, "US", 5).replace(",A,T,", ",A,T\"\"x,");
        fixture.imported(fixture.file("a.csv", report));
        assertThat(fixture.rows("SELECT title FROM sales ORDER BY line")).containsExactly("T\"x", "T\"\"x");
    }

    @Test
    void aSecondFileOfTheSameContentIsToldByItsOwnName() {
        String report = HEADER + row(1, "US", 5) + row(2, "US", 5).replace("USABC", "!!");
        fixture.rules = GateRules.defaults();
        fixture.file("a.csv", report);
        Path second = fixture.file("b.csv", report);

        List<ImportOutcome> outcomes = fixture.take(fixture.folder.resolve("reports"), ImportOptions.none());

        assertThat(outcomes).hasSize(2).allMatch(ImportOutcome.Refused.class::isInstance);
        assertThat(((ImportOutcome.Refused) outcomes.get(1)).message()).startsWith(second + ": ");
    }

    @Test
    void whatAReportSaysInPlaceOfATerritoryIsKept() {
        fixture.imported(fixture.file(
                "a.csv", HEADER + row(1, "Europe", 5) + row(2, "DE", 5) + row(3, "US|CA", 5) + row(4, "World", 5)));
        assertThat(fixture.rows("SELECT territory, territory_reported FROM sales ORDER BY line"))
                .containsExactly("ZZ|Europe", "DE|null", "ZZ|US|CA", "WW|null");
    }

    @Test
    void aReportWithoutSalesIsAReport() {
        assertThat(fixture.imported(fixture.file("a.csv", HEADER)).report().counts())
                .isEqualTo(new ReportCounts(1, 0, 0, 1));
    }

    @Test
    void whatIsReadBackDifferentlyIsRefusedAndLeavesNothing() throws Exception {
        Path file = fixture.file("a.csv", HEADER + row(1, "US", 5));
        List<ImportOutcome> outcomes = new ArrayList<>();

        new ReportImporter(
                        fixture.ledger,
                        fixture.lake,
                        fixture.layouts,
                        fixture.closed,
                        fixture.rules,
                        fixture.remittances,
                        List.of(),
                        ReportsFixture.CLOCK,
                        written -> new ReportSums(
                                2, 0, written.lineSum(), written.quantity(), written.totals(), List.of()))
                .run(List.of(file), ImportOptions.none(), outcomes::add);

        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome)
                        .isEqualTo(new ImportOutcome.Refused(
                                file.toString(),
                                file + ": the written rows differ from those read: rows: 1 read, 2 written."
                                        + " Nothing was imported; check this machine's disk and memory")));
        assertThat(quantities()).containsExactly("null|0");
        assertThat(fixture.ledger.reports().list()).isEmpty();
    }

    @Test
    void halfOfTheClaimsMakeACorrectionAndLessDoNot() {
        Report old = fixture.imported(fixture.file(
                        "a.csv", HEADER + row(1, "US", 5) + row(2, "US", 5) + row(3, "US", 5) + row(4, "US", 5)))
                .report();
        assertThat(fixture.refused(fixture.file("b.csv", HEADER + row(1, "US", 6))))
                .contains("its only combination of service");
        assertThat(fixture.imported(fixture.file("c.csv", HEADER + row(1, "US", 6) + row(2, "US", 6)))
                        .report()
                        .replaces())
                .containsExactly(old.id());
    }

    @Test
    void lessThanATenthInCommonWithAnotherSenderStandsBeside() {
        StringBuilder ours = new StringBuilder(HEADER);
        StringBuilder theirs = new StringBuilder(
                "Sales Period,Posted Date,Store Name,Country Of Sale,Artist,Song Title,UPC,Optional ISRC,Sales Type,"
                        + "# Units Sold,Total Earned,Currency\n");
        for (int i = 1; i <= 10; i++) {
            ours.append(row(i, "US", 5));
            theirs.append("2026-10-01,2026-12-05,Spotify,US,A,S,,USABC25" + (10_009 + i) + ",Streaming,7,3.6,USD\n");
        }
        Report report = fixture.imported(fixture.file("a.csv", ours.toString())).report();
        assertThat(fixture.refused(fixture.file("b.csv", theirs.toString()))).contains("1 of its 10 combinations");

        fixture.imported(fixture.file("a2.csv", ours + row(11, "DE", 5)));
        theirs.append("2026-10-01,2026-12-05,Spotify,US,A,S,,USABC2510099,Streaming,7,3.6,USD\n");
        ImportOutcome.Imported beside = fixture.imported(fixture.file("c.csv", theirs.toString()));
        assertThat(beside.beside()).hasSize(1).doesNotContain(report.id());
        assertThat(beside.report().replaces()).isEmpty();
    }

    @Test
    void anInterruptEndsTheImportAndLeavesNothing() {
        Path file = fixture.file("a.csv", HEADER + row(1, "US", 5));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> fixture.importer().run(List.of(file), ImportOptions.none(), outcome -> {
                        throw new AssertionError(outcome);
                    }))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
        assertThat(quantities()).containsExactly("null|0");
        assertThat(fixture.ledger.reports().list()).isEmpty();
    }

    private static ImportOptions sentBy(String sender) {
        ImportOptions none = ImportOptions.none();
        return new ImportOptions(
                none.layout(),
                Optional.of(sender),
                none.service(),
                none.territory(),
                none.currency(),
                none.period(),
                none.replace(),
                none.beside(),
                none.accept(),
                none.expect(),
                none.by());
    }

    @Test
    void aPersonKnowsBetterThanALayoutWhoHasSentAFile() {
        Report report = fixture.imported(fixture.file("a.csv", HEADER + row(1, "US", 5)), sentBy("North Agency"))
                .report();

        assertThat(report.sender()).isEqualTo("North Agency");
        assertThat(fixture.rows("SELECT DISTINCT sender, service FROM sales")).containsExactly("North Agency|Spotify");
    }

    @Test
    void whoHandsAServicesFileOnIsNotTheService() {
        String licensor = "Spotify report\nmonth\t2026-10\nCountry\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name"
                + "\tArtist name\tComposer name\tAlbum name\tQuantity\tUSD Payable\n"
                + "DE\tL\tPremium\t\t\t\tUSABC2510001\tOne\tA\t\t\t5\t0.5\n";

        fixture.imported(fixture.file("a.tsv", licensor), sentBy("Merlin"));

        assertThat(fixture.rows("SELECT DISTINCT sender, service FROM sales")).containsExactly("Merlin|Spotify");
    }

    @Test
    void againstWhatTheFileItselfSaysOfItsSenderNobodyKnowsBetter() {
        fixture.file("own.yaml", """
                layout: own
                columns: [ISRC, Shop, Month, Units, Net]
                preamble: {from: {after: Sent by}}
                fields: {sender: preamble.from, isrc: ISRC, service: Shop, usage: {column: Month, format: yyyy-MM}, quantity: Units, net_revenue: Net,
                  currency: {value: EUR}}
                """);
        String layout = fixture.folder.resolve("reports/own.yaml").toString();
        Path file =
                fixture.file("a.csv", "Sent by,North\nISRC,Shop,Month,Units,Net\nUSABC2510001,Spotify,2026-10,5,1\n");
        ImportOptions other = new ImportOptions(
                Optional.of(layout),
                Optional.of("South"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                "");

        assertThat(fixture.take(file, other))
                .singleElement()
                .satisfies(outcome -> assertThat(((ImportOutcome.Refused) outcome).message())
                        .contains("--sender South, but the file itself says that North has sent it"));
    }
}
