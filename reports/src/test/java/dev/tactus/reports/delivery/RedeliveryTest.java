package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.gate.GateRules;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows that are in the lake already, and come again under another name of a statement.
class RedeliveryTest extends ReportsFixtureTest {
    private static final String HEADER =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    @BeforeEach
    void strictly() {
        fixture.rules = GateRules.defaults();
    }

    private static String row(String statement, String month, int recording, int quantity) {
        return statement + "-20," + month + ",Spotify,A,T,USABC25" + (10_000 + recording) + ",," + quantity
                + ",100,Song,US,0," + quantity + ".25\n";
    }

    private static String rows(String statement, String month, int from, int to, IntUnaryOperator quantity) {
        return IntStream.range(from, to)
                .mapToObj(i -> row(statement, month, i, quantity.applyAsInt(i)))
                .collect(Collectors.joining());
    }

    private static ImportOptions accepting(boolean beside) {
        return new ImportOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                beside,
                beside ? Optional.empty() : Optional.of("the sender pays it twice"),
                List.of(),
                "Ada");
    }

    @Test
    void theSameRowsUnderAnotherStatementDoNotCountTwice() {
        String id = fixture.imported(fixture.file("a.csv", HEADER + rows("2026-10", "2026-09", 0, 10, i -> i + 1)))
                .report()
                .id();
        var again = fixture.file("b.csv", HEADER + rows("2026-11", "2026-09", 0, 10, i -> i + 1));

        assertThat(fixture.refused(again))
                .contains(
                        "10 of its 10 rows are in report " + id + " already",
                        "of the statement 2026-10 and not of the statement 2026-11",
                        "rows 10 → 20, units 55 → 110, 57.5 → 115 USD",
                        "--accept REASON");
        assertThat(fixture.refused(again, accepting(true))).contains("10 of its 10 rows");
        assertThat(fixture.imported(again, accepting(false)).accepted()).hasSize(1);
    }

    @Test
    void aStatementThatHoldsAllOfTheLastOneAgainIsSeenToo() {
        fixture.imported(fixture.file("a.csv", HEADER + rows("2026-10", "2026-09", 0, 12, i -> i + 1)));
        String cumulative =
                rows("2026-11", "2026-09", 0, 12, i -> i + 1) + rows("2026-11", "2026-10", 0, 40, i -> i + 2);
        assertThat(fixture.refused(fixture.file("b.csv", HEADER + cumulative))).contains("12 of its 52 rows");
    }

    @Test
    void twoFilesOfOneFolderAreComparedToo() {
        fixture.file("f/a.csv", HEADER + rows("2026-10", "2026-09", 0, 10, i -> i + 1));
        fixture.file("f/b.csv", HEADER + rows("2026-11", "2026-09", 0, 10, i -> i + 1));
        assertThat(fixture.take(fixture.folder.resolve("reports/f"), ImportOptions.none()))
                .hasExactlyElementsOfTypes(ImportOutcome.Imported.class, ImportOutcome.Refused.class);
    }

    @Test
    void theSameRowsAsAnotherMonthsUsageDoNotCountTwice() {
        fixture.imported(fixture.file("a.csv", HEADER + rows("2026-09", "2026-08", 0, 10, i -> i + 1)));
        assertThat(fixture.refused(fixture.file("b.csv", HEADER + rows("2026-10", "2026-09", 0, 10, i -> i + 1))))
                .contains("10 of its 10 rows are in report");
    }

    @Test
    void whatIsTheSameEachMonthIsNoRepetition() {
        fixture.imported(fixture.file("a.csv", HEADER + rows("2026-09", "2026-08", 0, 10, i -> 1)));
        fixture.imported(fixture.file("b.csv", HEADER + rows("2026-10", "2026-09", 0, 10, i -> 1)));
    }

    @Test
    void lateSalesAndAdjustmentsWithOtherAmountsPass() {
        fixture.imported(fixture.file("a.csv", HEADER + rows("2026-10", "2026-09", 0, 20, i -> i + 1)));
        String late = rows("2026-11", "2026-09", 0, 6, i -> i == 0 ? 1 : i + 2)
                + rows("2026-11", "2026-10", 0, 20, i -> i + 7);
        assertThat(fixture.imported(fixture.file("b.csv", HEADER + late)).warnings())
                .isEmpty();
        String refunds = rows("2026-12", "2026-09", 0, 20, i -> -i - 1);
        assertThat(fixture.imported(fixture.file("c.csv", HEADER + refunds)).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("nearly all", "both count", "--replace"));
    }

    @Test
    void rowsOfZeroAreNoRepetition() {
        String nothing = row("2026-10", "2026-09", 1, 0).replace(",0.25", ",0");
        fixture.imported(fixture.file("a.csv", HEADER + nothing.repeat(1)));
        fixture.imported(fixture.file("b.csv", HEADER + nothing.replace("2026-10", "2026-11")));
    }

    @Test
    void theSameRowsInAnotherOrderOnTwoSheetsDoNotCountTwice() {
        List<String> rows = rows("2026-10", "2026-09", 0, 4, i -> i + 1).lines().toList();
        var book = fixture.file(
                "x.xlsx", SheetsOf.texts(List.of("All", "By artist"), List.of(lines(rows), lines(rows.reversed()))));
        assertThat(fixture.take(book, ImportOptions.none()))
                .hasSize(2)
                .hasOnlyElementsOfType(ImportOutcome.Refused.class)
                .last()
                .satisfies(outcome -> assertThat(((ImportOutcome.Refused) outcome).message())
                        .contains("4 of its 4 rows are on another sheet of the file, too", "/All"));
    }

    @Test
    void theSameUnitsWithOtherMoneyOnTwoSheetsDoNotCountTwice() {
        List<String> rows = rows("2026-10", "2026-09", 0, 4, i -> i + 1).lines().toList();
        List<String> draft =
                rows.stream().map(row -> row.replaceAll("\\.25$", ".2")).toList();
        var book = fixture.file(
                "x.xlsx", SheetsOf.texts(List.of("Final", "Draft"), List.of(lines(rows), lines(draft.reversed()))));
        assertThat(fixture.take(book, ImportOptions.none()))
                .hasSize(2)
                .hasOnlyElementsOfType(ImportOutcome.Refused.class)
                .last()
                .satisfies(outcome -> assertThat(((ImportOutcome.Refused) outcome).message())
                        .contains(
                                "4 of its 4 rows are on another sheet of the file, too (",
                                "/Final), with the same units but other money: they would count twice, rows 4 → 8",
                                "Take the sheet that does not count out of the file"));
        assertThat(fixture.take(book, ImportOptionsOf.accepting("both are ours")))
                .hasSize(2)
                .hasOnlyElementsOfType(ImportOutcome.Imported.class);
    }

    @Test
    void otherUnitsOnTwoSheetsAreOtherUse() {
        List<String> rows = rows("2026-10", "2026-09", 0, 4, i -> i + 1).lines().toList();
        List<String> other =
                rows("2026-10", "2026-09", 0, 4, i -> i + 2).lines().toList();
        var book = fixture.file("x.xlsx", SheetsOf.texts(List.of("Paid", "Free"), List.of(lines(rows), lines(other))));
        assertThat(fixture.take(book, ImportOptions.none()))
                .hasSize(2)
                .hasOnlyElementsOfType(ImportOutcome.Imported.class);
    }

    @Test
    void theSameStatementWithoutItsIsrcsDoesNotCountTwice() {
        String rows = IntStream.range(0, 12)
                .mapToObj(i -> row("2026-10", "2026-09", i, i + 1).replace(",A,T,", ",A,T" + i + ","))
                .collect(Collectors.joining());
        String nameless = rows.replaceAll("USABC[0-9]+", "");
        String id =
                fixture.imported(fixture.file("a.csv", HEADER + rows)).report().id();
        var again = fixture.file("b.csv", HEADER + nameless);
        assertThat(fixture.refused(again))
                .contains(
                        "12 of its 12 rows are in report " + id + " already",
                        "told by their titles, as one of the two has no ISRCs",
                        "rows 12 → 24");
        assertThat(fixture.imported(fixture.file("c.csv", HEADER + nameless.replaceAll(",([0-9]+).25\n", ",$1.75\n")))
                        .warnings())
                .isEmpty();
    }

    private static List<String> lines(List<String> rows) {
        List<String> lines = new java.util.ArrayList<>(List.of(HEADER.strip()));
        lines.addAll(rows);
        return Collections.unmodifiableList(lines);
    }
}
