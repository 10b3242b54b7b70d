package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.ledger.royalty.ReportDecision;
import dev.tactus.ledger.royalty.ReportDecision.Subject;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.gate.GateRules;
import dev.tactus.reports.gate.Remittances;
import dev.tactus.reports.matching.LayoutDecisions;
import dev.tactus.reports.matching.ReportDecisionTable;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lines that are no usage, and what people have decided that texts mean.
class DeductionsTest extends ReportsFixtureTest {
    private static final String DEDUCTIONS = "SELECT line, kind, heading, description, currency, amount_reported,"
            + " CAST(amount AS DECIMAL(18,2)) FROM deductions ORDER BY line, kind";
    private static final String HEADER = "Artist,Title,ISRC,Country,Store,Month,Type,Quantity,Net\n";

    private ImportOptions layout(String more) {
        return ImportOptionsOf.layout(fixture.file("mine.yaml", """
                layout: mine
                sender: Mine
                columns: [Artist, Title, ISRC, Country, Store, Month, Type, Quantity, Net]
                fields:
                  artist: Artist
                  title: Title
                  isrc: ISRC
                  territory: Country
                  service: Store
                  usage: {column: Month, format: yyyy-MM}
                  usage_type: Type
                  quantity: Quantity
                  currency: {value: EUR}
                  net_revenue: Net
                """ + more));
    }

    private static final String SALE = "A,T,USABC2510001,DE,Spotify,2026-10,Stream,5,100.00\n";
    private static final String TAX = ",Withholding tax 15%,,,,2026-10,Tax,,-15.00\n";

    @ParameterizedTest
    @CsvSource({
        "A,Withholding Tax,,Song,0,withholding",
        "A,Distribution fee,,Song,0,fee",
        "A,T,USABC2510009,Withholding Tax,0,withholding",
        "A,T,USABC2510009,Commission (15%),,fee",
    })
    void whatSellsNothingAndSaysThatItIsTakenOffIsOne(
            String artist, String title, @Nullable String isrc, String type, @Nullable String units, String kind) {
        String row =
                String.join(",", artist, title, text(isrc), "DE", "Spotify", "2026-10", type, text(units), "-1.5\n");
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", HEADER + SALE + row), layout(""));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(3, 1, 1, 0, 1));
        assertThat(imported.deductions()).containsOnlyKeys(kind);
    }

    @ParameterizedTest
    @CsvSource({"Fees,USABC2510009,Song,0", "Fees,,Song,3", "T,USABC2510009,Fee,3"})
    void whatSellsSomethingOrIsASongWithSuchATitleIsNone(String title, @Nullable String isrc, String type, int units) {
        String row = "A,%s,%s,DE,Spotify,2026-10,%s,%d,0.5\n".formatted(title, text(isrc), type, units);
        assertThat(fixture.imported(fixture.file("a.csv", HEADER + SALE + row), layout(""))
                        .report()
                        .counts()
                        .landed())
                .isEqualTo(2);
    }

    private static String text(@Nullable String cell) {
        return cell == null ? "" : cell;
    }

    @Test
    void rowsThatAreNoUsageLandInATableOfTheirOwn() {
        ImportOptions options = layout("deductions: [{when: {column: Type, is: [tax]}, kind: withholding}]\n");
        ImportOutcome.Imported imported =
                fixture.imported(fixture.file("a.csv", HEADER + SALE + TAX + ",Total,,,,,,5,85.00\n"), options);

        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 1, 1, 0, 2));
        assertThat(fixture.rows(DEDUCTIONS))
                .containsExactly("3|withholding|null|Withholding tax 15%|EUR|-15.00|-15.00");
        assertThat(fixture.rows("SELECT line FROM sales")).containsExactly("2");
        assertThat(imported.deductions().toString()).isEqualTo("{withholding={EUR=-15.000000000000000000}}");
        assertThat(imported.totalsChecked()).as("the total is net of it").isEqualTo(2);
        assertThat(fixture.ledger
                        .reports()
                        .find(imported.report().id())
                        .orElseThrow()
                        .counts())
                .isEqualTo(imported.report().counts());
    }

    @Test
    void whatReplacesAReportTakesItsDeductionsOutWithIt() {
        ImportOptions options = layout("deductions: [{when: {column: Type, is: [tax]}, kind: withholding}]\n");
        fixture.imported(fixture.file("a.csv", HEADER + SALE + TAX), options);
        fixture.imported(fixture.file("b.csv", HEADER + SALE + TAX.replace("-15.00", "-16.00")), options);
        assertThat(fixture.rows(DEDUCTIONS))
                .containsExactly("3|withholding|null|Withholding tax 15%|EUR|-16.00|-16.00");
    }

    @Test
    void anAmountThatCannotBeReadRejectsTheRow() {
        ImportOptions options = layout("deductions: [{when: {column: Type, is: [tax]}, kind: withholding}]\n");
        ImportOutcome.Imported imported =
                fixture.imported(fixture.file("a.csv", HEADER + SALE + TAX.replace("-15.00", "fifteen")), options);
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(3, 1, 0, 1, 1));
    }

    @Test
    void distroKidSaysInColumnsWhatItKept() {
        String report = "Date Inserted,Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,"
                + "Source Type,Country of Sale,Songwriter Royalties Withheld (USD),Earnings (USD),Recoup (USD)\n"
                + "2026-11-20,2026-11-20,2026-10,Spotify,A,T,USABC2510001,,5,100,Song,US,0.25,1.50,-0.50\n"
                + "2026-11-20,2026-11-20,2026-10,Spotify,A,T,USABC2510002,,5,100,Song,US,0,1.50,\n";
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(3, 2, 0, 1));
        assertThat(fixture.rows(DEDUCTIONS))
                .containsExactly(
                        "2|recoupment|Recoup (USD)|T|USD|-0.50|-0.50",
                        "2|withholding|Songwriter Royalties Withheld (USD)|T|USD|0.25|0.25");
        assertThat(fixture.rows("SELECT CAST(sum(net_revenue) AS DECIMAL(18,2)) FROM sales"))
                .containsExactly("3.00");
    }

    @Test
    void clicknClearBringsABalanceForward() {
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", """
                T,M,2026-10-01T00:00:00.000Z,2026-10-31T00:00:00.000Z,1,USD,12.50,3.00,15.50
                S,M,2026-10-03T10:00:00.000Z,School,T,A,USABC2510001,,L,US,USD,6,0,0,6,6,3,3.00
                """));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(2, 1, 1, 0, 0));
        assertThat(fixture.rows("SELECT kind, currency, amount_reported FROM deductions"))
                .containsExactly("balance|USD|12.50");
    }

    private void decide(Subject subject, String text, String meaning, String sender) {
        fixture.ledger
                .reportDecisions()
                .put(new ReportDecision(
                        subject,
                        sender,
                        text,
                        LayoutDecisions.meaning(subject, meaning),
                        "Ada",
                        ReportsFixture.CLOCK.instant(),
                        Optional.empty()));
    }

    @Test
    void whatWasDecidedHoldsForTheMonthsToCome() {
        decide(Subject.TERRITORY, "BRD", "Germany", "");
        decide(Subject.STORE, "SPTFY", "Spotify", "mine");
        decide(Subject.USAGE, "AVOD", "video", "");
        decide(Subject.DEDUCTION, "Withholding tax 15%", "withholding", "");
        decide(Subject.TERRITORY, "DDR", "AT", "Somebody else");
        Path file = fixture.file(
                "a.csv",
                HEADER
                        + "A,T,USABC2510001,brd,SPTFY,2026-10,AVOD,5,1\n"
                        + "A,T,USABC2510002,DDR,SPTFY,2026-10,Stream,5,1\n"
                        + TAX);
        ImportOutcome.Imported imported = fixture.imported(file, layout(""));
        assertThat(fixture.rows("SELECT territory, service, usage_type FROM sales ORDER BY line"))
                .containsExactly("DE|Spotify|video", "ZZ|Spotify|stream");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 2, 1, 0, 1));
    }

    @Test
    void theLastDecisionHoldsAndWhatIsRevokedNoLongerDoes() {
        decide(Subject.TERRITORY, "BRD", "AT", "");
        decide(Subject.TERRITORY, "brd", "DE", "");
        assertThat(fixture.ledger.reportDecisions().inForce()).hasSize(1);
        assertThat(fixture.ledger
                        .reportDecisions()
                        .revoke(Subject.TERRITORY, "", "BRD", "Bob", ReportsFixture.CLOCK.instant()))
                .isTrue();
        fixture.imported(fixture.file("a.csv", HEADER + SALE.replace(",DE,", ",BRD,")), layout(""));
        assertThat(fixture.rows("SELECT territory FROM sales")).containsExactly("ZZ");

        new ReportDecisionTable(fixture.ledger, fixture.lake).publish();
        assertThat(fixture.rows("SELECT meaning, decided_by, revoked_by FROM report_decisions ORDER BY meaning"))
                .containsExactly("AT|Ada|Ada", "DE|Ada|Bob");
    }

    @Test
    void aMeaningThatIsNoneIsRefused() {
        assertThatThrownBy(() -> LayoutDecisions.meaning(Subject.TERRITORY, "Atlantis"))
                .isInstanceOf(BadReport.class)
                .hasMessageContaining("a country, WW for the world, or ZZ");
        assertThatThrownBy(() -> LayoutDecisions.meaning(Subject.USAGE, "listening"))
                .hasMessageContaining("one of stream, download");
        assertThatThrownBy(() -> LayoutDecisions.meaning(Subject.DEDUCTION, "gift"))
                .hasMessageContaining("one of withholding, fee");
    }

    @Test
    void aRemittanceMayBeNetOfWhatTheStatementDeducts() {
        fixture.rules = GateRules.defaults();
        fixture.remittances = Remittances.read(
                fixture.file("paid.csv", "sender,statement_period,currency,amount\nMine,2026-10,EUR,85.00\n"));
        ImportOptions options = layout("deductions: [{when: {column: Type, is: [tax]}, kind: withholding}]\n");
        fixture.imported(fixture.file("a.csv", HEADER + SALE + TAX), options);
    }
}
