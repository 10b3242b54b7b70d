package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.gate.Payment;
import dev.tactus.reports.gate.Remittance;
import dev.tactus.reports.gate.Remittances;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Rows of sales that stand apart from the headings that they belong to: no money is left aside without a word.
class ContinuedRowsTest extends ReportsFixtureTest {
    private static final String HEADER =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)";

    private static List<String> rows(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to)
                .mapToObj(i -> "2026-11-20,2026-10,Spotify,A,T,USABC25" + (10_000 + i) + ",," + (i + 1)
                        + ",100,Song,US,0," + (i + 1) + ".5")
                .toList());
    }

    private static List<String> with(String first, List<String> rows) {
        List<String> lines = new ArrayList<>(List.of(first));
        lines.addAll(rows);
        return lines;
    }

    private Path book(List<String> names, List<List<String>> sheets, List<String> hidden) {
        return fixture.file("x.xlsx", SheetsOf.texts(names, sheets, hidden));
    }

    private String landed() {
        return fixture.rows("SELECT count(*) || ' rows, ' || sum(net_revenue)::DECIMAL(9,1) || ' USD' FROM sales")
                .getFirst();
    }

    @Test
    void aSheetThatGoesOnWithTheRowsOfTheFirstIsTaken() {
        Path file = book(
                List.of("Page 1", "Page 2", "Notes"),
                List.of(with(HEADER, rows(0, 5)), rows(5, 10), List.of("Any,questions", "Ask,us")),
                List.of());
        List<ImportOutcome> outcomes = fixture.take(file, ImportOptions.none());
        assertThat(outcomes).hasOnlyElementsOfType(ImportOutcome.Imported.class).hasSize(2);
        assertThat(((ImportOutcome.Imported) outcomes.getFirst()).notes().keySet())
                .anySatisfy(note ->
                        assertThat(note).startsWith("sheets without headings").endsWith("x.xlsx/Page 2"))
                .anySatisfy(
                        note -> assertThat(note).startsWith("sheet left aside").endsWith("x.xlsx/Notes"));
        assertThat(landed()).isEqualTo("10 rows, 60.0 USD");
    }

    private static String total(String units, String money) {
        return "Total,,,,,,," + units + ",,,,," + money;
    }

    @Test
    void aTotalMayBeThatOfAllSheetsThatGoOn() {
        List<String> last = rows(5, 10);
        last.add(total("55", "60"));
        Path file = book(
                List.of("Page 1", "Page 2", "Page 3"), List.of(with(HEADER, rows(0, 3)), rows(3, 5), last), List.of());
        assertThat(fixture.take(file, ImportOptions.none()))
                .hasOnlyElementsOfType(ImportOutcome.Imported.class)
                .hasSize(3);
        assertThat(landed()).isEqualTo("10 rows, 60.0 USD");
    }

    @Test
    void soMayBeTheTotalBeforeThemAndThatOfSomeOfThem() {
        List<String> second = rows(3, 5);
        second.add(total("15", "17.5"));
        Path file = book(
                List.of("Page 1", "Page 2", "Page 3"),
                List.of(with(HEADER, with(total("55", "60"), rows(0, 3))), second, rows(5, 10)),
                List.of());
        assertThat(fixture.take(file, ImportOptions.none())).hasOnlyElementsOfType(ImportOutcome.Imported.class);
        assertThat(landed()).isEqualTo("10 rows, 60.0 USD");
    }

    @Test
    void aTotalOfAllSheetsThatDiffersKeepsAllOfThemOut() {
        List<String> last = rows(3, 5);
        last.add(total("15", "18.5"));
        Path file = book(List.of("Page 1", "Page 2"), List.of(with(HEADER, rows(0, 3)), last), List.of());
        List<ImportOutcome> outcomes = fixture.take(file, ImportOptions.none());
        assertThat(outcomes).hasOnlyElementsOfType(ImportOutcome.Refused.class).hasSize(2);
        assertThat(((ImportOutcome.Refused) outcomes.getFirst()).message())
                .contains("Page 1: not imported, since ")
                .contains("x.xlsx/Page 2, another part of the same file, was refused");
        assertThat(((ImportOutcome.Refused) outcomes.getLast()).message())
                .contains("states a total net revenue of 18.5, but the rows add up to 10")
                .contains("those of the whole file to 17.5");
        assertThat(fixture.sales()).isEmpty();
        assertThat(fixture.ledger.reports().list()).isEmpty();
        assertThat(fixture.take(file, ImportOptionsOf.accepting("the total is wrong")))
                .hasOnlyElementsOfType(ImportOutcome.Imported.class);
        assertThat(landed()).isEqualTo("5 rows, 17.5 USD");
    }

    @Test
    void aFileThatCameBeforeBecomesVisibleWithoutTheSheetsThatAreStillRead() {
        fixture.file("a.csv", csv(with(HEADER, rows(0, 4))));
        Path folder = fixture.folder.resolve("reports");
        List<String> last = rows(0, 5);
        last.add(total("1", "1"));
        fixture.file(
                "b.xlsx",
                SheetsOf.texts(List.of("Page 1", "Page 2"), List.of(with(HEADER, rows(7, 9)), last), List.of()));
        assertThat(fixture.take(folder, ImportOptions.none()))
                .extracting(
                        outcome -> outcome.name().substring(folder.toString().length() + 1) + " "
                                + outcome.getClass().getSimpleName())
                .containsExactly("a.csv Imported", "b.xlsx/Page 1 Refused", "b.xlsx/Page 2 Refused");
        assertThat(landed()).isEqualTo("4 rows, 12.0 USD");
    }

    @Test
    void aSheetThatIsNotWhatWasPaidKeepsTheOthersOut() {
        List<String> september = rows(0, 2).stream()
                .map(row -> row.replace("2026-11-20,2026-10", "2026-10-20,2026-09"))
                .toList();
        Path file = book(
                List.of("November", "October"), List.of(with(HEADER, rows(0, 3)), with(HEADER, september)), List.of());
        fixture.remittances = new Remittances(
                List.of(new Remittance("DistroKid", "2026-10", new Payment(new BigDecimal(100), "USD"))), List.of());
        List<ImportOutcome> outcomes = fixture.take(file, ImportOptions.none());
        assertThat(outcomes).hasOnlyElementsOfType(ImportOutcome.Refused.class).hasSize(2);
        assertThat(((ImportOutcome.Refused) outcomes.getFirst()).message())
                .contains(
                        "November: not imported, since ", "x.xlsx/October, another part of the same file, was refused");
        assertThat(fixture.sales()).isEmpty();
    }

    @Test
    void soIsOneThatStandsBeforeItAndOneWhoseRowsEndEarly() {
        List<String> short2 = rows(5, 7).stream()
                .map(row -> row.replace(",100,Song,US,0,", ",,,,,"))
                .toList();
        Path file = book(List.of("Page 2", "Page 1"), List.of(short2, with(HEADER, rows(0, 2))), List.of());
        assertThat(fixture.take(file, ImportOptions.none())).hasOnlyElementsOfType(ImportOutcome.Imported.class);
        assertThat(landed()).isEqualTo("4 rows, 18.0 USD");
    }

    @Test
    void aSheetWithSomeSalesAmongOtherRowsRefusesTheFile() {
        List<String> some = new ArrayList<>(List.of("Notes", "What,we,think", "of,your,music", "Late sales"));
        some.addAll(rows(5, 7));
        Path file = book(List.of("Page 1", "More"), List.of(with(HEADER, rows(0, 2)), some), List.of());
        assertThat(fixture.refused(file)).contains("x.xlsx/More", "look like sales under the headings", "Copy the");
        assertThat(fixture.sales()).isEmpty();
    }

    @Test
    void aHiddenSheetThatGoesOnIsNamed() {
        Path file = book(List.of("Page 1", "Page 2"), List.of(with(HEADER, rows(0, 2)), rows(2, 4)), List.of("Page 2"));
        assertThat(fixture.refused(file)).contains("hidden sheets have rows of sales", "x.xlsx/Page 2");
    }

    private String csv(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    @Test
    void rowsBeforeTheHeadingsAreNotLeftOutInSilence() {
        List<String> lines = rows(0, 2);
        lines.addAll(with(HEADER, rows(2, 5)));
        assertThat(fixture.refused(fixture.file("a.csv", csv(lines))))
                .contains("2 rows look like sales and stand before the headings", "line 1 first", "split the file");
    }

    @Test
    void rowsUnderHeadingsInAnotherOrderAreNotReadByTheFirst() {
        List<String> lines = with(HEADER, rows(0, 3));
        lines.add(HEADER.replace("Title,ISRC", "ISRC,Title"));
        lines.addAll(rows(3, 5).stream()
                .map(row -> row.replaceAll("T,(USABC[0-9]+)", "$1,T"))
                .toList());
        assertThat(fixture.refused(fixture.file("a.csv", csv(lines))))
                .contains("line 5 has headings again, and others than line 1", "Split the file there");
    }

    @Test
    void rowsUnderTheHeadingsOfAnotherTableAreNotLeftOutAsRejects() {
        List<String> lines = with(HEADER, rows(0, 60));
        lines.add("Sales Period,Posted Date,Store Name,Song Title,Optional ISRC,# Units Sold,Total Earned,Currency");
        lines.add("2026-10,2026-11-05,Spotify,T,USABC2519999,3,100.5,USD");
        assertThat(fixture.refused(fixture.file("a.csv", csv(lines))))
                .contains("line 62 has headings again, and others than line 1");
    }

    @Test
    void twoStatementsOneBehindTheOtherAreReadToTheEnd() {
        String apple = "Start Date\tEnd Date\tUPC\tISRC/ISBN\tQuantity\tExtended Partner Share\t"
                + "Partner Share Currency\tSales or Return\tCountry Of Sale\n";
        String sale = "10/01/2026\t10/31/2026\t\tUSABC2510001\t%d\t%d.5\tUSD\tS\tUS\n";
        String total = "Total_Rows\t1\n";
        fixture.imported(fixture.file(
                "a.txt", apple + sale.formatted(1, 1) + total + apple + sale.formatted(2, 2) + "Total_Rows\t2\n"));
        assertThat(landed()).isEqualTo("2 rows, 4.0 USD");
        assertThat(fixture.refused(fixture.file("b.txt", apple + sale.formatted(1, 1) + total + sale.formatted(3, 3))))
                .contains("line 4 looks like a sale and stands before the headings or behind the end of the table");
    }

    @Test
    void anAmountInAnotherCurrencyIsAsked() {
        String rows = csv(with(HEADER, rows(0, 40))).replace(",0,7.5", ",0,€7.5");
        Path file = fixture.file("a.csv", rows);
        assertThat(fixture.refused(file))
                .contains("line 8: '€7.5' has the sign of another currency than USD", "--accept REASON");
        ImportOutcome.Imported taken = fixture.imported(file, ImportOptionsOf.accepting("they sort it out"));
        assertThat(taken.report().counts().rejected()).isEqualTo(1);
        assertThat(taken.rejectedTurnover()).hasToString("{EUR=7.5}");
        fixture.imported(fixture.file("b.csv", csv(with(HEADER, rows(50, 53))).replace(",0,5", ",0,$5")));
    }

    @Test
    void anAmountWithACodeIsReadWhereItIsTheRowsCurrency() {
        String rows = csv(with(HEADER, rows(0, 40)));
        fixture.imported(fixture.file(
                "a.csv",
                rows.replace(",0,7.5", ",0,7.5 USD")
                        .replace(",0,8.5", ",0,US$ 8.5")
                        .replace(",0,9.5", ",0,-USD 9.5")));
        assertThat(landed()).isEqualTo("40 rows, 821.0 USD");
        for (String other : List.of("7.5 EUR", "R$7.5", "CAD 7.5")) {
            assertThat(fixture.refused(fixture.file("b.csv", rows.replace(",0,7.5", ",0," + other))))
                    .contains("'" + other + "' has the sign of another currency than USD");
        }
    }

    @Test
    void aFileThatEndsWithinItsLastRowIsCutOff() {
        String whole = csv(with(HEADER, rows(0, 40)));
        for (int cut : List.of(6, 10, 30, 60)) {
            assertThat(fixture.refused(fixture.file("a.csv", whole.substring(0, whole.length() - cut))))
                    .contains("line 41, the last one, has ", " of 13 cells and no line end: the file was cut off");
        }
        String quoted = whole.substring(0, whole.lastIndexOf("T,USABC")) + "\"T";
        assertThat(fixture.refused(fixture.file("b.csv", quoted)))
                .contains("line 41, the last one, ends within quotes");
        assertThat(fixture.imported(fixture.file("c.csv", whole.stripTrailing()))
                        .notes()
                        .keySet())
                .anySatisfy(note -> assertThat(note).startsWith("last line without a line end"));
        fixture.imported(fixture.file("d.csv", csv(with(HEADER, rows(50, 90))) + "End of the report"));
    }

    @Test
    void soIsOneOfRecordsWithoutAFoot() {
        String whole = """
                T,M,2026-01-01T00:00:00.000Z,2026-03-31T23:59:59.999Z,2,USD,0,14.5832,14.58
                S,M,2026-01-14T10:12:00.000Z,Team,Tide,Ada,QZABC2600001,,N,US,USD,25,0,4.1,20.8,10.4,70.00,7.2916
                S,M,2026-02-03T18:40:11.120Z,Team,Tide,Ada,QZABC2600001,,N,GB,USD,25,0,4.1,20.8,10.4,70.00,7.2916""";
        assertThat(fixture.refused(fixture.file("a.csv", whole.substring(0, whole.length() - 20))))
                .contains("line 3, the last one, has 15 of 18 cells and no line end: the file was cut off");
        fixture.imported(fixture.file("b.csv", whole));
    }

    @Test
    void aCutWithinALetterIsNoOtherEncoding() {
        byte[] whole = csv(with(HEADER, rows(0, 4)))
                .replace(",T,", ",Jóga,")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int letter = csv(with(HEADER, rows(0, 4))).replace(",T,", ",Jóga,").lastIndexOf('ó') + 3;
        assertThat(fixture.refused(fixture.file("a.csv", java.util.Arrays.copyOf(whole, letter + 1))))
                .contains("ends within a character");
    }
}
