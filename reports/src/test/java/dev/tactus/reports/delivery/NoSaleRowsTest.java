package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reports.ImportOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that a statement has among its sales and that are none, whatever words it has for them.
class NoSaleRowsTest extends ReportsFixtureTest {
    private static final String HEADER =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    private static String sale(int recording, String store, String money) {
        return "2026-11-20,2026-10," + store + ",A,T,USABC25" + (10_000 + recording) + ",,100,100,Song,US,0," + money
                + "\n";
    }

    private static String statement(String words, String first, String second) {
        return HEADER
                + sale(1, "Spotify", "1.50")
                + sale(2, "Spotify", "2.25")
                + none(words, 200, first)
                + sale(3, "Deezer", "4.00")
                + none(words, 100, second)
                + none("Grand Total", 300, "7.75");
    }

    private static String none(String words, int units, String money) {
        return "2026-11-20,2026-10,,," + words + ",,," + units + ",,,,," + money + "\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subtotal",
                "Sub-total: Spotify",
                "Subtotal Spotify",
                "Zwischensumme",
                "Sous-total",
                "Sous-total :",
                "Subtotaal",
                "Totale parziale",
                "Subtotale",
                "Total for Spotify",
                "Total DE",
                "Summe",
                "Итого",
                "小計"
            })
    void subtotalsAreSkippedAndComparedWithTheRowsAboveThem(String words) {
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", statement(words, "3.75", "4.00")));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(7, 3, 0, 4));
        assertThat(imported.totalsChecked()).isEqualTo(6);
        assertThat(fixture.refused(fixture.file("b.csv", statement(words, "3.75", "4.10"))))
                .contains("line 6 states a total net revenue of 4.10");
    }

    @ParameterizedTest
    @CsvSource({
        "Distribution fee, fee",
        "Commission (15%), fee",
        "Vertriebsgebühr, fee",
        "Frais de distribution, fee",
        "Withholding Tax, withholding",
        "US withholding tax 30%, withholding",
        "Quellensteuer, withholding",
        "Retenue à la source, withholding",
        "Advance, advance",
        "Recoupment, recoupment",
        "Balance brought forward, balance"
    })
    void whatIsTakenOffIsADeductionAndNoUsage(String words, String kind) {
        String rows = HEADER + sale(1, "Spotify", "10") + none(words, 0, "-1.5") + none("Total", 100, "8.5");
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", rows));
        assertThat(imported.report().counts().landed()).isEqualTo(1);
        assertThat(imported.deductions()).containsOnlyKeys(kind);
        assertThat(fixture.rows("SELECT kind, currency, amount FROM deductions"))
                .hasSize(1)
                .allMatch(row -> row.startsWith(kind + "|USD|-1.5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"The Advance,", "Fees,Somebody", "Total Control,", "Balance,Somebody", "Gesamt,Somebody"})
    void whatMayBeATitleWaitsForAMatch(String title) {
        String artist = title.substring(title.indexOf(',') + 1);
        String row = "2026-11-20,2026-10,Spotify," + artist + "," + title.substring(0, title.indexOf(','))
                + ",,,7,100,Song,US,0,1.5\n";
        assertThat(fixture.imported(fixture.file("a.csv", HEADER + row), ImportOptions.none())
                        .report()
                        .counts()
                        .landed())
                .isEqualTo(1);
    }

    @Test
    void aSongCalledTotalWithUnitsLikeOthersIsASale() {
        String song = "2026-11-20,2026-10,Spotify,,Total,,,7,100,Song,US,0,0.75\n";
        ImportOutcome.Imported imported = fixture.imported(
                fixture.file("a.csv", HEADER + sale(1, "Spotify", "1.50") + sale(2, "Spotify", "2.25") + song));
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(4, 3, 0, 1));
        assertThat(imported.notes().keySet())
                .anySatisfy(note -> assertThat(note).startsWith("rows of a title that says total"));
        String total = "2026-11-20,2026-10,Spotify,,Total,,,100,100,Song,US,0,2.25\n";
        assertThat(fixture.imported(fixture.file(
                                "b.csv",
                                HEADER
                                        + sale(3, "Deezer", "1.50")
                                        + none("Subtotal", 100, "1.50")
                                        + sale(4, "Deezer", "2.25")
                                        + total))
                        .report()
                        .counts())
                .as("it comes to what stands before it")
                .isEqualTo(new ReportCounts(5, 2, 0, 3));
    }

    @Test
    void aTotalRuleOfALayoutTakesNoRowWithAnIsrc() {
        String youtube = """
                Adjustment Type,Day,Country,Asset ID,Asset Title,Custom ID,Owned Views,Partner Revenue
                None,20261001,US,A1,Tide,QZABC2600001,100,0.5
                Total loss,20261001,US,A2,Ebb,QZABC2600002,10,0.25
                """;
        assertThat(fixture.imported(fixture.file("a.csv", youtube))
                        .report()
                        .counts()
                        .landed())
                .isEqualTo(2);
    }
}
