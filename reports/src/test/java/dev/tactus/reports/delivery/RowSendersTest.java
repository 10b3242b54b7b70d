package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A table with a column of senders.
class RowSendersTest extends ReportsFixtureTest {
    private static final String HEADER = "From,Code,When,Sold,Money\n";

    @BeforeEach
    void layout() throws IOException {
        Path layouts = Files.createDirectories(fixture.folder.resolve("layouts"));
        Files.writeString(layouts.resolve("mine.yaml"), """
            layout: mine
            columns: [From, Code, When, Sold, Money]
            fields:
              sender: From
              isrc: Code
              usage: {column: When, format: yyyy-MM}
              quantity: Sold
              service: {value: Spotify}
              currency: {value: EUR}
              net_revenue: Money
            totals: [{when: {column: From, is: [Sum]}, quantity: Sold, net_revenue: Money}]
            """);
        fixture.layouts = Layouts.with(layouts);
    }

    @Test
    void theSenderIsWhoTheRowsName() {
        ImportOutcome.Imported imported = fixture.imported(fixture.file(
                "a.csv",
                HEADER + "Believe,USABC2500001,2026-10,1,0.5\nbelieve,USABC2500002,2026-10,1,0.5\nSum,,,2,1\n"));
        assertThat(imported.report().sender()).isEqualTo("Believe");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 2, 0, 2));
    }

    @Test
    void theRowsOfEachSenderAreAReport() {
        Path file = fixture.file("a.csv", HEADER + """
            Believe,USABC2500001,2026-10,1,0.5
            FUGA,USABC2500001,2026-10,20,4
            Believe,USABC2500002,2026-10,3,0.25
            Sum,,,24,4.75
            """);
        List<ImportOutcome> outcomes = fixture.take(file, ImportOptions.none());

        assertThat(outcomes).hasSize(2).allMatch(ImportOutcome.Imported.class::isInstance);
        assertThat(fixture.rows("SELECT sender, count(*), sum(quantity), sum(net_revenue)::DECIMAL(9, 2) FROM sales"
                        + " GROUP BY ALL ORDER BY ALL"))
                .containsExactly("Believe|2|4|0.75", "FUGA|1|20|4.00");
        assertThat(fixture.ledger.reports().list())
                .extracting(report -> report.name().substring(report.name().indexOf("a.csv")))
                .containsExactly("a.csv (Believe)", "a.csv (FUGA)");
        assertThat(fixture.take(file, ImportOptions.none())).hasSize(2).allMatch(ImportOutcome.Known.class::isInstance);
    }

    @Test
    void aTotalOverAllSendersThatDiffersKeepsAllOfThemOut() {
        Path file = fixture.file(
                "a.csv",
                HEADER + "Believe,USABC2500001,2026-10,1,0.5\nFUGA,USABC2500001,2026-10,20,4\n" + "Sum,,,21,6\n");
        assertThat(fixture.take(file, ImportOptions.none()))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(((ImportOutcome.Refused) outcome).message())
                        .contains("states a total net revenue of 6", "those of the whole file to 4.5"));
        assertThat(fixture.sales()).isEmpty();
    }

    @Test
    void aRowOfNobodyAmongThoseOfSeveralIsRefused() {
        assertThat(fixture.refused(fixture.file("a.csv", HEADER + """
            Believe,USABC2500001,2026-10,1,0.5
            FUGA,USABC2500001,2026-10,20,4
            ,USABC2500002,2026-10,3,0.25
            """)))
                .contains("line 4 does not say who has sent it, and others name Believe, FUGA");
    }

    @Test
    void nobodyIsGuessedWhereNoRowNamesOne() {
        assertThat(fixture.refused(fixture.file("a.csv", HEADER + ",USABC2500001,2026-10,1,0.5\n")))
                .contains("no sender found; pass --sender");
    }
}
