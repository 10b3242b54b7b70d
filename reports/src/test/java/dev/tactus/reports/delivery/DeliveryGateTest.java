package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.ledger.royalty.RejectedTotal;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.gate.GateRules;
import dev.tactus.reports.gate.Remittances;
import dev.tactus.settings.InvalidConfiguration;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What has to hold before anything of a delivery is visible.
class DeliveryGateTest extends ReportsFixtureTest {
    private static final String HEADER =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    @BeforeEach
    void strictly() {
        fixture.rules = GateRules.defaults();
    }

    private static String row(int recording, String month, String territory, String quantity, String money) {
        return "2026-11-20," + month + ",Spotify,A,T,USABC25" + (10_000 + recording) + ",," + quantity + ",100,Song,"
                + territory + ",0," + money + "\n";
    }

    private static String month(int rows) {
        return HEADER
                + IntStream.range(0, rows)
                        .mapToObj(i -> row(i, "2026-10", "US", "1000", "5"))
                        .collect(Collectors.joining());
    }

    private static ImportOptions with(Optional<String> accept, String... expect) {
        return new ImportOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                accept,
                List.of(expect),
                "Ada");
    }

    private static ImportOptions accepting(String reason) {
        return with(Optional.of(reason));
    }

    private List<String> visible() {
        return fixture.rows("SELECT count(*), sum(quantity), sum(net_revenue) FROM sales");
    }

    @Test
    void aDownloadThatBrokeOffDoesNotTakeTheWholeOnesPlace() {
        Report whole = fixture.imported(fixture.file("a.csv", month(100))).report();
        Path broken = fixture.file("b.csv", month(55));

        assertThat(fixture.refused(broken))
                .contains("it would replace " + whole.id() + " and is less of it: rows 100 → 55,"
                        + " units 100000 → 55000, 500 → 275 USD (what falls by more than 1%: rows, units, money in"
                        + " USD)")
                .contains("--accept REASON");
        assertThat(visible()).containsExactly("100|100000|500.000000000000000000");

        ImportOutcome.Imported accepted = fixture.imported(broken, accepting("the sender withdrew the rest"));
        assertThat(accepted.report().replaces()).containsExactly(whole.id());
        assertThat(accepted.report().accepted()).contains("the sender withdrew the rest");
        assertThat(accepted.change().orElseThrow().words()).contains("500 → 275 USD");
        assertThat(visible()).containsExactly("55|55000|275.000000000000000000");
    }

    @Test
    void adjustmentsOfTheSameMonthDoNotTakeItsPlace() {
        fixture.imported(fixture.file("a.csv", month(2)));
        String adjustments = HEADER + row(0, "2026-10", "US", "-10", "-2.5") + row(1, "2026-10", "US", "-10", "-2.5");

        assertThat(fixture.refused(fixture.file("b.csv", adjustments)))
                .contains("10 → -5 USD")
                .contains("--beside");
    }

    @Test
    void aRestatementThatIsMoreOrHardlyLessTakesThePlaceAndSaysWhatChanged() {
        fixture.imported(fixture.file("a.csv", month(200)));
        assertThat(fixture.imported(fixture.file("b.csv", month(199)))
                        .change()
                        .orElseThrow()
                        .words())
                .isEqualTo("rows 200 → 199, units 200000 → 199000, 1000 → 995 USD");
        assertThat(fixture.imported(fixture.file("c.csv", month(300))).report().replaces())
                .hasSize(1);
    }

    @Test
    void twoColumnsThatMayBothBeTheMoneyAreNotChosenFrom() {
        String two = month(3).replace("(USD)\n", "(USD),Earnings (EUR)\n").replace(",0,5\n", ",0,5,4.6\n");
        assertThat(fixture.refused(fixture.file("a.csv", two)))
                .contains(
                        "net_revenue may be meant by two columns, \"Earnings (USD)\" (the 13.) and \"Earnings (EUR)\""
                                + " (the 14.)",
                        "line 2 has '5' and '4.6'",
                        "#14");
        String same = month(3).replace("(USD)\n", "(USD),Earnings (USD)\n").replace(",0,5\n", ",0,5,5.00\n");
        assertThat(fixture.imported(fixture.file("b.csv", same))
                        .report()
                        .counts()
                        .landed())
                .isEqualTo(3);
    }

    @Test
    void whatNobodySeesIsNoPartOfAHeadingOrAValue() {
        String unseen = month(3).replace("Sale Month", "Sale\u200b Month\ufeff")
                .replace(",US,", ",\u200bUS\u2060,")
                .replace(",0,5\n", ",0,\u200b5\u200b\n");
        fixture.imported(fixture.file("a.csv", unseen));
        assertThat(fixture.rows("SELECT DISTINCT territory, net_revenue_reported FROM sales"))
                .hasSize(1)
                .allMatch(row -> row.startsWith("US|"));
        assertThat(visible()).containsExactly("3|3000|15.000000000000000000");
    }

    @Test
    void aFileWithoutSalesIsTakenAndSaidToBeSo() {
        assertThat(fixture.imported(fixture.file("a.csv", HEADER)).warnings())
                .contains("there are no rows of sales in it");
    }

    @Test
    void aDayThatASpreadsheetHasTurnedIntoItsNumberIsNamed() {
        assertThat(fixture.refused(fixture.file("a.csv", month(3).replace("2026-11-20", "46346"))))
                .contains("'46346' does not match", "it would be 2026-11-20", "save the file again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "1E-400"})
    void aNumberThatNoReportHasIsNone(String amount) {
        assertThat(fixture.refused(fixture.file("a.csv", month(1) + row(2, "2026-10", "US", "1", amount))))
                .contains("'" + amount + "' is no number of a report")
                .hasSizeLessThan(500);
    }

    @Test
    void whatWasTakenDespiteRejectsSaysHowMuchTheyHold() {
        String bad = row(7, "2026-10", "US", "1", "5.00").replace("USABC", "!!")
                + row(7, "2026-10", "US", "-1", "-5.00").replace("USABC", "!!");
        ImportOutcome.Imported taken = fixture.imported(fixture.file("a.csv", month(10) + bad), accepting("agreed"));
        assertThat(taken.rejectedTurnover()).containsOnlyKeys("USD");
        assertThat(taken.rejectedTurnover().get("USD")).isEqualByComparingTo("10");
    }

    @Test
    void refundsDoNotHideHowMuchMoneyWasRejected() {
        String bad = row(7, "2026-10", "US", "1", "5.00").replace("USABC", "!!")
                + row(7, "2026-10", "US", "-1", "-5.00").replace("USABC", "!!");
        assertThat(fixture.refused(fixture.file("a.csv", month(10) + bad)))
                .contains("rejected rows hold 10 USD of 60 USD (16.67%), counted without signs (with them 0 of 50 USD),"
                        + " the limit is 1%");
    }

    @Test
    void anOlderDeliveryDoesNotTakeThePlaceOfItsCorrectionAgain() {
        Path first = fixture.file("a.csv", month(10));
        Report old = fixture.imported(first).report();
        Report corrected = fixture.imported(fixture.file("b.csv", month(11))).report();

        assertThat(fixture.take(first, ImportOptions.none()))
                .singleElement()
                .satisfies(outcome -> assertThat(
                                ((ImportOutcome.Known) outcome).report().id())
                        .isEqualTo(old.id()));
        assertThat(fixture.rows("SELECT DISTINCT report_id FROM sales")).containsExactly(corrected.id());
    }

    @Test
    void moneyInRejectedRowsIsSummedAndLimited() {
        String report = month(100) + row(7, "2026-10", "US", "1", "5.10").replace("USABC", "!!");
        assertThat(fixture.refused(fixture.file("a.csv", report)))
                .contains("rejected rows hold 5.1 USD of 505.1 USD (1.01%), the limit is 1%")
                .contains("most frequent reason: isrc:");

        ImportOutcome.Imported imported =
                fixture.imported(fixture.file("a.csv", report), accepting("merchandise of another label"));
        assertThat(imported.report().rejected()).containsExactly(new RejectedTotal("USD", 1, new BigDecimal("5.10")));
        assertThat(imported.accepted()).hasSize(1);

        fixture.imported(fixture.file(
                "b.csv",
                (month(100) + row(7, "2026-10", "US", "1", "5.00").replace("USABC", "!!")).replace("US,", "DE,")));
    }

    @Test
    void amountsThatNobodyCanReadAreCountedAndRefuseTheFileBeyondTheLimit() {
        String unreadable = row(7, "2026-10", "DE", "1", "n/k") + row(8, "2026-10", "DE", "1", "n/k");
        assertThat(fixture.refused(fixture.file("a.csv", month(10) + unreadable)))
                .contains("the amounts of 2 of 12 rows can't be read (16.67%), the limit is 1%");
        assertThat(fixture.refused(fixture.file("b.csv", month(190) + unreadable)))
                .contains("the amounts of 2 of 192 rows can't be read (1.04%)");
        Report taken = fixture.imported(fixture.file(
                        "c.csv",
                        month(198)
                                + unreadable
                                + row(9, "2026-10", "DE", "1", "0.75").replace("USABC", "!!")))
                .report();
        assertThat(taken.counts().rejected()).isEqualTo(3);
        assertThat(taken.rejectedUnreadable()).isEqualTo(2);
        assertThat(taken.rejectedMoney()).containsExactly(new RejectedTotal("USD", 1, new BigDecimal("0.75")));
        assertThat(fixture.ledger.reports().find(taken.id()).orElseThrow().rejectedUnreadable())
                .isEqualTo(2);
    }

    @Test
    void aLineOfWordsUnderTheTableHoldsNoAmount() {
        Report taken = fixture.imported(fixture.file("a.csv", month(3) + "Thank you for your music,\n"))
                .report();
        assertThat(taken.counts().rejected()).isEqualTo(1);
        assertThat(taken.rejectedUnreadable()).isZero();
        assertThat(fixture.refused(fixture.file(
                        "b.csv",
                        month(3).replace(",US,", ",DE,") + "2026-11-20,2026-10,Spotify,A,T,USABC2599999,,1,5\n")))
                .contains("the amount of 1 of 4 rows can't be read (25%)");
    }

    @Test
    void refundsDoNotHideWhatIsRejected() {
        String report = HEADER
                + row(1, "2026-10", "US", "1", "100")
                + row(2, "2026-10", "US", "1", "50").replace("USABC", "!!")
                + row(3, "2026-10", "US", "-1", "-50").replace("USABC", "!!");
        assertThat(fixture.refused(fixture.file("a.csv", report))).contains("(50%)");
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01, is before 1990-01-01",
        "2206-03, is in the future",
        "2026-12, is after the statement of 2026-11"
    })
    void daysThatCannotBeRefuseTheFileAndAreShown(String month, String why) {
        String report = month(3) + row(9, month, "US", "1", "5");
        if (month.equals("2026-12")) {
            why = "is in the future";
        }
        assertThat(fixture.refused(fixture.file("a.csv", report)))
                .contains("usage on days that can't be: line 5: " + month + " " + why);
        assertThat(fixture.imported(fixture.file("a.csv", report), accepting("they are right"))
                        .report()
                        .counts()
                        .landed())
                .isEqualTo(4);
    }

    @Test
    void usageAfterItsOwnStatementCannotBe() {
        String report = month(1) + row(9, "2026-10", "US", "1", "5").replace("2026-11-20", "2026-09-20");
        assertThat(fixture.refused(fixture.file("a.csv", report)))
                .contains("line 3: 2026-10 is after the statement of 2026-09");
    }

    @Test
    void whatIsExpectedIsComparedWithAllFilesTogether() {
        Path one = fixture.file("f/a.csv", month(2));
        fixture.file("f/b.csv", HEADER + row(9, "2026-09", "US", "1", "0.126"));

        assertThat(fixture.refused(one, with(Optional.empty(), "10.01 USD")))
                .contains("its rows add up to 10 USD, but 10.01 USD is expected: a difference of -0.01 USD");
        assertThat(fixture.take(fixture.folder.resolve("reports/f"), with(Optional.empty(), "10.13 usd", "1 EUR")))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(((ImportOutcome.Refused) outcome).message())
                        .contains(
                                "the rows of 2 files together (",
                                "f/a.csv, ",
                                "f/b.csv)",
                                " add up to 0 EUR, but 1 EUR is expected"));
        assertThat(fixture.take(fixture.folder.resolve("reports/f"), with(Optional.empty(), "10.13 USD")))
                .hasOnlyElementsOfType(ImportOutcome.Imported.class);
        assertThatThrownBy(() -> fixture.take(one, with(Optional.empty(), "much")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("12345.67 EUR");
    }

    @Test
    void aKnownFileIsComparedWithWhatIsExpectedToo() {
        Path one = fixture.file("a.csv", month(2));
        String id = fixture.imported(one).report().id();
        assertThat(fixture.refused(one, with(Optional.empty(), "99999 USD")))
                .contains(
                        "the same content is in the lake as " + id,
                        "its rows add up to 10 USD, but 99999 USD is expected: a difference of -99989 USD",
                        "Nothing was taken out");
        assertThat(visible()).containsExactly("2|2000|10.000000000000000000");
        assertThat(fixture.take(one, with(Optional.empty(), "10 USD")))
                .hasOnlyElementsOfType(ImportOutcome.Known.class);
        assertThat(fixture.take(one, with(Optional.of("the bank kept it"), "99999 USD")))
                .hasOnlyElementsOfType(ImportOutcome.Known.class);
    }

    @Test
    void aPaymentWrittenDownAfterTheImportIsComparedWithWhatIsInTheLake() {
        Path one = fixture.file("a.csv", month(2));
        fixture.imported(one);
        fixture.remittances = Remittances.read(fixture.file(
                "remittances.csv", "statement_period,sender,currency,amount\n2026-11,distro kid,USD,15.00\n"));
        assertThat(fixture.refused(one))
                .contains("add up to 10 USD, but 15.00 USD was remitted for distro kid 2026-11");
        fixture.remittances = Remittances.read(fixture.file(
                "remittances.csv",
                "statement_period,sender,currency,amount\n2026-11,distro kid,USD,4.00\n2026-11,DistroKid,USD,6\n"));
        assertThat(fixture.take(one, ImportOptions.none())).hasOnlyElementsOfType(ImportOutcome.Known.class);
    }

    @Test
    void whatHasBeenReplacedDoesNotCountForWhatIsExpected() {
        fixture.file("f/a.csv", month(2));
        fixture.file("f/b.csv", month(3));
        fixture.take(fixture.folder.resolve("reports/f"), ImportOptions.none());
        fixture.file("f/c.csv", HEADER + row(9, "2026-09", "US", "1", "1"));

        assertThat(fixture.take(fixture.folder.resolve("reports/f"), with(Optional.empty(), "16 USD")))
                .hasExactlyElementsOfTypes(
                        ImportOutcome.Known.class, ImportOutcome.Known.class, ImportOutcome.Imported.class);
    }

    @Test
    void aRemittanceIsComparedWithAllFilesOfItsStatement() {
        fixture.remittances = Remittances.read(fixture.file(
                "remittances.csv",
                "statement_period,sender,currency,amount\n2026-11,distro kid,USD,15.00\n2026-10,DistroKid,USD,7\n"));
        Path first = fixture.file("a.csv", month(2));
        assertThat(fixture.refused(first))
                .contains("its rows add up to 10 USD, but 15.00 USD was remitted for DistroKid 2026-11");

        fixture.imported(first, accepting("the rest comes tomorrow"));
        fixture.imported(fixture.file("b.csv", HEADER + row(9, "2026-09", "US", "1", "5")));
        assertThat(fixture.refused(fixture.file("c.csv", HEADER + row(9, "2026-08", "US", "1", "5"))))
                .contains("the rows of 3 files together (", "add up to 20 USD, but 15.00 USD was remitted");
    }

    @Test
    void whatWasComparedWithARemittanceIsSaidAndWhatFitsNothingIsNamed() {
        fixture.remittances = Remittances.read(
                fixture.file(
                        "remittances.csv",
                        "sender,statement_period,currency,amount\nDistroKid,2026-11,USD,10\nDistroKid,2026-08,USD,7\nDistroKind,2026-12,USD,3\n"));
        assertThat(fixture.imported(fixture.file("a.csv", month(2))).warnings())
                .containsExactly(
                        "the statement 2026-11 was compared with what was remitted: 10 USD for DistroKid 2026-11",
                        "2 remittances fit no statement that is there: DistroKid 2026-08 (7 USD), DistroKind 2026-12"
                                + " (3 USD). The statement is missing, or the remittance's sender or period is written"
                                + " otherwise");
        assertThat(fixture.imported(fixture.file(
                                "b.csv",
                                HEADER + row(9, "2026-08", "US", "1", "5").replace("2026-11-20", "2026-09-20")))
                        .warnings())
                .contains("no remittance is for the statement 2026-09 of DistroKid (5 USD): it was compared with"
                        + " nothing");
    }

    @Test
    void moneyInOtherCurrenciesThanExpectedIsNamed() {
        fixture.file("f/a.csv", month(2));
        fixture.file("f/b.csv", month(1).replace("(USD)\n", "(EUR)\n").replace(",US,", ",DE,"));
        assertThat(fixture.take(fixture.folder.resolve("reports/f"), with(Optional.empty(), "10 USD")))
                .first()
                .satisfies(outcome -> assertThat(((ImportOutcome.Imported) outcome).warnings())
                        .containsExactly("beside what is expected there is also 5 EUR, which was compared with nothing:"
                                + " --expect once for each currency"));
    }

    @Test
    void remittancesWithoutAColumnAreRefused() {
        Path file = fixture.file("remittances.csv", "sender,currency,amount\nX,EUR,1\n");
        assertThatThrownBy(() -> Remittances.read(file))
                .isInstanceOf(BadReport.class)
                .hasMessageContaining("remittances.csv: the column statement_period is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "much|has 'much' for an amount",
                "60,00|has more cells than there are columns",
                "\"1,234\"|has '1,234' for an amount",
                "€60|has '€60' for an amount",
            })
    void aRemittanceThatCannotBeReadIsNamedAndTheOthersHold(String amount, String why) {
        Remittances read = Remittances.read(fixture.file(
                "remittances.csv",
                "sender,statement_period,currency,amount\nDistroKid,2026-11,USD,10\nX,2026-10,EUR," + amount + "\n"));
        assertThat(read.list()).hasSize(1);
        assertThat(read.faults()).singleElement().asString().contains("remittances.csv: line 3 " + why);
        fixture.remittances = read;
        assertThat(fixture.imported(fixture.file("a.csv", month(2))).warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .contains("line 3 " + why)
                        .endsWith("that remittance was compared with nothing"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60,00|60.00",
                "1.234,56|1234.56",
                "1,234.56|1234.56",
                "1 234,5|1234.5",
                "-7|-7",
                "12345.678|12345.678",
                "1,234,567|1234567"
            })
    void amountsOfRemittancesAreReadWithAPointOrAComma(String written, String amount) {
        Path file = fixture.file(
                "remittances.csv", "sender,statement_period,currency,amount\nX,2026-10,EUR,\"" + written + "\"\n");
        assertThat(Remittances.read(file).list().getFirst().payment().amount()).isEqualByComparingTo(amount);
        Path semicolons = fixture.file("other.csv", "sender;statement_period;currency;amount\nX;2026-10;EUR;0,034\n");
        assertThat(Remittances.read(semicolons).list().getFirst().payment().amount())
                .isEqualByComparingTo("0.034");
    }

    @Test
    void whatIsOnlyUnusualIsShownAndTaken() {
        for (String month : List.of("2026-06", "2026-07", "2026-08")) {
            fixture.imported(fixture.file(month, month(10).replace("2026-10", month)));
        }
        ImportOutcome.Imported odd = fixture.imported(fixture.file(
                "odd.csv", HEADER + row(1, "2026-10", "US", "10", "5") + row(2, "2026-10", "US", "10", "5")));
        assertThat(odd.warnings())
                .containsExactly(
                        "unusual: 2 rows; the last 3 reports of this sender had 10 to 10",
                        "unusual: 10 USD; the last 3 reports of this sender had 50 to 50",
                        "unusual: 0.5 USD a unit; the last 3 reports of this sender had 0.005 to 0.005");
        assertThat(fixture.imported(fixture.file("usual.csv", month(9).replace("2026-10", "2026-09")))
                        .warnings())
                .isEmpty();
    }

    @Test
    void aFolderBecomesVisibleInOneCommitAndOneBadFileDoesNotKeepTheRest() {
        fixture.file("f/a.csv", month(2));
        fixture.file("f/b.xyz", "nothing that anybody knows");
        fixture.file("f/c.csv", month(2));
        fixture.file("f/d.csv", HEADER + row(9, "2026-09", "US", "1", "5"));

        assertThat(fixture.take(fixture.folder.resolve("reports/f"), ImportOptions.none()))
                .hasExactlyElementsOfTypes(
                        ImportOutcome.Imported.class,
                        ImportOutcome.Refused.class,
                        ImportOutcome.Known.class,
                        ImportOutcome.Imported.class);
        String label = fixture.ledger.reports().list().getFirst().id();
        assertThat(fixture.lake.landed(label))
                .filteredOn(commit -> commit.table() == LakeTable.SALES)
                .singleElement()
                .satisfies(commit -> assertThat(commit.added()).isEqualTo(3));
        assertThat(visible()).containsExactly("3|2001|15.000000000000000000");
        assertThat(fixture.ledger.reports().list())
                .extracting(Report::publication)
                .containsOnly(label);
    }

    @Test
    void whatCorrectsAFileOfTheSameFolderReplacesItOnTheRecord() {
        fixture.file("f/a.csv", month(2));
        fixture.file("f/b.csv", month(3));

        List<ImportOutcome> outcomes = fixture.take(fixture.folder.resolve("reports/f"), ImportOptions.none());
        assertThat(outcomes).hasOnlyElementsOfType(ImportOutcome.Imported.class);
        assertThat(((ImportOutcome.Imported) outcomes.getLast()).report().replaces())
                .containsExactly(
                        ((ImportOutcome.Imported) outcomes.getFirst()).report().id());
        assertThat(visible()).containsExactly("3|3000|15.000000000000000000");
    }

    @Test
    void aRowWithoutIsrcWhoseUpcIsJunkLandsWithoutItAndWaits() {
        String merchandise = row(1, "2026-10", "US", "1", "20").replace("USABC2510001,,", ",TSHIRT-XL,");
        String nameless = row(1, "2026-10", "US", "1", "20").replace("A,T,USABC2510001,,", ",,,CD 12,");
        ImportOutcome.Imported imported = fixture.imported(fixture.file("a.csv", HEADER + merchandise + nameless));
        assertThat(imported.report().counts().landed()).isEqualTo(2);
        assertThat(fixture.rows("SELECT upc, usage_key FROM sales ORDER BY line"))
                .containsExactly("null|distrokid||t|a", "null|distrokid||cd 12|");
        assertThat(imported.notes())
                .containsEntry("rows without an ISRC whose UPC is invalid: landed without the UPC, to be matched", 2L);
    }
}
