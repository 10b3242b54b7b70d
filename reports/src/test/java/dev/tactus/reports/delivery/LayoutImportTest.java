package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.layout.Layouts;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is read by what a layout says: encodings, dates in its order, periods, totals before and after the rows.
@SuppressWarnings("StringConcatToTextBlock") // every line end is meant
class LayoutImportTest extends ReportsFixtureTest {
    private static final String LAYOUT = """
        layout: mine
        sender: Me
        columns: [Code, Title, When, Sold, Money]
        fields:
          isrc: Code
          title: Title
          usage: {column: When, format: [%s]}
          quantity: Sold
          currency: {value: EUR}
          net_revenue: Money
        """;

    private void layout(String text) {
        try {
            Path layouts = Files.createDirectories(fixture.folder.resolve("layouts"));
            Files.writeString(layouts.resolve("mine.yaml"), text);
            fixture.layouts = Layouts.with(layouts);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ImportOptions inOctober() {
        return new ImportOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("2026-10"),
                Optional.empty(),
                false,
                Optional.empty(),
                java.util.List.of(),
                "");
    }

    @Test
    void everyEncodingWithAndWithoutItsMark() {
        layout(LAYOUT.formatted("yyyy-MM") + "encoding: windows-1252\n");
        String report = "Code,Title,When,Sold,Money\nUSABC25000%02d,Été à Gdynia – 5,2026-10,1,0.5\n";
        int number = 10;
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            fixture.imported(fixture.file("plain" + number, report.formatted(number++), charset));
            fixture.imported(fixture.file("marked" + number, "\uFEFF" + report.formatted(number++), charset));
        }
        fixture.imported(fixture.file("old", report.formatted(number), Charset.forName("windows-1252")));

        assertThat(fixture.rows("SELECT DISTINCT title, count(*) OVER () FROM sales GROUP BY title, isrc"))
                .containsExactly("Été à Gdynia – 5|7");
        assertThat(fixture.rows("SELECT DISTINCT substr(raw, 14) FROM sales"))
                .containsExactly("Été à Gdynia – 5,2026-10,1,0.5");
    }

    @Test
    void aFileOfTitlesAloneLandsAndWaitsForAMatch() {
        layout(LAYOUT.formatted("yyyy-MM").replace("  isrc: Code\n", ""));
        fixture.imported(fixture.file("a.csv", "Code,Title,When,Sold,Money\n7,Été,2026-10,1,0.5\n"));
        assertThat(fixture.rows("SELECT isrc, upc, title, usage_key IS NOT NULL FROM sales"))
                .containsExactly("null|null|Été|true");
    }

    @Test
    void latin1WhereTheLayoutSaysSo() {
        layout(LAYOUT.formatted("yyyy-MM") + "encoding: latin-1\n");
        fixture.imported(fixture.file(
                "x", "Code,Title,When,Sold,Money\nUSABC2500001,Été,2026-10,1,0.5\n", StandardCharsets.ISO_8859_1));
        assertThat(fixture.rows("SELECT title FROM sales")).containsExactly("Été");
    }

    @Test
    void datesInTheOrderThatTheLayoutSays() {
        String report = "Code,Title,When,Sold,Money\nUSABC2500001,T,3/4/2026,1,0.5\n";
        layout(LAYOUT.formatted("M/d/yyyy"));
        fixture.imported(fixture.file("a.csv", report));
        layout(LAYOUT.formatted("d/M/yyyy"));
        fixture.imported(fixture.file("b.csv", report.replace("0001", "0002")));
        assertThat(fixture.rows("SELECT isrc, usage_start, usage_end FROM sales ORDER BY isrc"))
                .containsExactly("USABC2500001|2026-03-04|2026-03-04", "USABC2500002|2026-04-03|2026-04-03");
    }

    @Test
    void aDayThatFitsNoOrderRejectsItsRow() {
        layout(LAYOUT.formatted("M/d/yyyy"));
        ImportOutcome.Imported imported = fixture.imported(fixture.file(
                "a.csv",
                "Code,Title,When,Sold,Money\nUSABC2500001,T,3/4/2026,1,0.5\nUSABC2500001,T,31/4/2026,1,0.5\n"));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(3, 1, 1, 1));
        assertThat(fixture.rows("SELECT line, field, reason FROM sales_rejects"))
                .containsExactly("3|usage|'31/4/2026' does not match the format M/d/yyyy");
    }

    @Test
    void quartersAndWholeMonths() {
        layout(LAYOUT.formatted("\"yyyy-'Q'q\", yyyy-MM, yyyy"));
        fixture.imported(fixture.file("a.csv", """
            Code,Title,When,Sold,Money
            USABC2500001,T,2026-Q3,1,0.5
            USABC2500001,T,2026-02,1,.5
            USABC2500001,T,2025,1,.5
            """));
        assertThat(fixture.rows("SELECT usage_start, usage_end FROM sales ORDER BY line"))
                .containsExactly("2026-07-01|2026-09-30", "2026-02-01|2026-02-28", "2025-01-01|2025-12-31");
    }

    @Test
    void aRowWithoutDaysIsRejectedOrGetsThoseThatAPersonSays() {
        String row = "2026-11-20,,Spotify,A,T,USABC2500001,,12,100,Song,US,0,0.5\n";
        Path file = fixture.file("a.csv", BadInputTest.REPORT + row);

        assertThat(fixture.imported(file).report().counts()).isEqualTo(new ReportCounts(3, 1, 1, 1));
        assertThat(fixture.rows("SELECT line, field, reason FROM sales_rejects"))
                .containsExactly("3|usage|no usage dates found; pass --period");

        fixture.imported(fixture.file("b.csv", BadInputTest.REPORT.replace("0001", "0002") + row), inOctober());
        assertThat(fixture.rows("SELECT line, usage_start, usage_end FROM sales WHERE line = 3"))
                .containsExactly("3|2026-10-01|2026-10-31");
    }

    @Test
    void whereNothingButTheStatementHasDaysTheyAreThoseOfTheUsage() {
        layout(LAYOUT.formatted("yyyy-MM").replace("  usage:", "  statement_period:"));
        Path file = fixture.file(
                "a.csv", "Code,Title,When,Sold,Money\nUSABC2500001,T,2026-10,1,0.5\nUSABC2500001,T,,1,0.5\n");
        assertThat(fixture.imported(file).report().counts()).isEqualTo(new ReportCounts(3, 1, 1, 1));
        assertThat(fixture.rows("SELECT usage_start, usage_end, statement_period FROM sales"))
                .containsExactly("2026-10-01|2026-10-31|2026-10");
    }

    @Test
    void totalsBeforeTheRows() {
        layout(LAYOUT.formatted("yyyy-MM") + """
            preamble:
              rows: {after: Rows}
              money: {below: Total due}
            totals:
              - {rows: preamble.rows, net_revenue: preamble.money}
            """);
        String report = """
            Statement,,Total due
            Rows:,2,1.50
            Code,Title,When,Sold,Money
            USABC2500001,T,2026-10,1,0.5
            USABC2500002,T,2026-10,1,%s
            """;
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report.formatted("0.998")));
        assertThat(imported.totalsChecked()).as("rounded to cents they fit").isEqualTo(2);

        assertThat(fixture.refused(fixture.file("b.csv", report.formatted("1.1").replace("2026-10", "2026-09"))))
                .contains("the preamble states a total net revenue of 1.50, but the rows add up to 1.6")
                .contains("--accept REASON");
    }

    @Test
    void totalsOfPartsInTheMiddle() {
        layout(LAYOUT.formatted("yyyy-MM")
                + "totals:\n  - {when: {column: Code, matches: \".*total.*\"}, quantity: Sold, net_revenue: Money}\n");
        String report = """
            Code,Title,When,Sold,Money
            USABC2500001,T,2026-10,1,0.5
            USABC2500002,T,2026-10,2,0.5
            Subtotal,,,3,1
            USABC2500003,T,2026-10,5,0.25
            Subtotal,,,5,0.25
            Grand total,,,8,1.25
            """;
        assertThat(fixture.imported(fixture.file("a.csv", report)).totalsChecked())
                .isEqualTo(6);
        assertThat(fixture.refused(fixture.file(
                        "b.csv", report.replace("2026-10", "2026-09").replace(",5,0.25", ",4,0.25"))))
                .contains("line 7 states a total quantity of 8, but the rows add up to 7");
    }

    @Test
    void cellsOfNothingButSpacesAreEmptyOnes() {
        layout(LAYOUT.formatted("yyyy-MM"));
        ImportOutcome.Imported imported = fixture.imported(fixture.file(
                "a.csv",
                "Code,Title,When,Sold,Money\n"
                        + "USABC2500001,  ,2026-10,1,   \n"
                        + " , ,\t, ,\n"
                        + "USABC2500002, x ,2026-10, 2 ,1\n"));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 2, 0, 2));
        assertThat(fixture.rows("SELECT title, quantity, net_revenue_reported FROM sales ORDER BY line"))
                .containsExactly("null|1|null", "x|2|1");
    }

    @Test
    void aLineBreakWithinQuotesCountsForTheNumbersOfTheLinesAfterIt() {
        layout(LAYOUT.formatted("yyyy-MM"));
        fixture.imported(fixture.file(
                "a.csv",
                "Code,Title,When,Sold,Money\r\n"
                        + "USABC2500001,\"one\r\n"
                        + "two\",2026-10,1,1\r\n\r\n"
                        + "USABC2500002,T,2026-10,2,1"));
        assertThat(fixture.rows("SELECT line, title FROM sales ORDER BY line")).containsExactly("2|one\r\ntwo", "5|T");
    }

    @Test
    void totalsThatTheLayoutDoesNotNameAreNoSales() {
        layout(LAYOUT.formatted("yyyy-MM"));
        String report = """
            Code,Title,When,Sold,Money
            USABC2500001,Total,2026-10,1,0.5
            USABC2500002,T,2026-10,2,0.5
            Grand Total,,,3,1.0
            ,TOTAL,,3,1.0
            ,Total,,%s,
            """;
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report.formatted("3")));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(6, 2, 0, 4));
        assertThat(fixture.refused(fixture.file("b.csv", report.formatted("4").replace("2026-10", "2026-09"))))
                .contains("line 6 states a total quantity of 4, but the rows add up to 3");
    }

    @Test
    void whatSpreadsheetsPutAroundValuesIsTakenOff() {
        layout(LAYOUT.formatted("yyyy-MM"));
        String report = """
            Code,Title,When,Sold,Money
            'USABC2500001,'Til Dawn,2026-10,1 204,n/a
            ="USABC2500002",T,="2026-10",-,'0.5
            "=""USABC2500003""\",T,2026-10,NULL,="12 345.5"
            """;
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", report));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 3, 0, 1));
        assertThat(fixture.rows("SELECT isrc, title, quantity, net_revenue FROM sales ORDER BY line"))
                .containsExactly(
                        "USABC2500001|'Til Dawn|1204|null",
                        "USABC2500002|T|null|0.500000000000000000",
                        "USABC2500003|T|null|12345.500000000000000000");
    }
}
