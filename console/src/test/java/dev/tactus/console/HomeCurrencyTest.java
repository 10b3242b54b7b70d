package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Books in euros over statements in dollars and pounds: what a close says of the money, and that it says so for ever.
class HomeCurrencyTest {
    private static final String RATES = """
            currency,month,rate,source
            USD,2026-01,0.92,"ECB, monthly average"
            GBP,2026-01,1.15,ECB
            USD,2026-02,0.5,ECB
            """;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    StatementsFolder books;

    @BeforeEach
    void settle() throws IOException {
        books = StatementsFolder.in(folder);
        books.configure("reconcile: {home_currency: EUR}\n");
        Files.writeString(folder.resolve("rates.csv"), RATES);
        books.imports("2026-01", 100, 50);
        books.run(0, "reports", "import", pounds().toString());
    }

    /// Three pounds for the first recording.
    private Path pounds() throws IOException {
        return Files.writeString(
                folder.resolve("cargo.csv"),
                "Sale Start date,Sale End date,Sale Store Name,DSP,Territory,Asset ISRC,Asset Title,Asset Artist,"
                        + "Product UPC,Quantity,Sale Type,Reported Royalty,Currency,Royalty ID,Sale ID,Asset/Product,"
                        + "Sale net receipts,Sale net receipts calculation,Sale User Type,Contract deal term\n"
                        + "2026-01-01,2026-01-31,Spotify,Spotify,FR," + StatementsFolder.ONE
                        + ",One,Ada,,7,Stream,3,GBP,12345678901,1,Asset,4,4.00 GBP,Premium,75\n");
    }

    private String csv() throws IOException {
        return Files.readString(folder.resolve("reconciled/spotify-2026-01.csv"));
    }

    private JsonNode reconciled() {
        return books.run(0, "reconcile", "--period", "2026-01", "--json")
                .json()
                .path("sources")
                .path(0);
    }

    @Test
    void moneyIsToldBesideTheOriginalByTheRatesOfThePeriod() throws IOException {
        JsonNode home = reconciled().path("home");

        assertThat(home.path("currency").asString()).isEqualTo("EUR");
        assertThat(new BigDecimal(home.path("amount").asString()))
                .isEqualByComparingTo("4.83"); // 1.5 × 0.92 + 3 × 1.15
        assertThat(home.path("rates").path(1).path("source").asString()).isEqualTo("ECB, monthly average");
        assertThat(csv().lines().findFirst().orElseThrow()).endsWith(",home_currency,home_revenue,no_rate_for");
        assertThat(csv()).contains(",\"EUR\",0.92,\n", ",\"EUR\",0.46,\n", ",\"EUR\",3.45,\n");
        assertThat(Files.readString(folder.resolve("reconciled/spotify-2026-01.excel.csv")))
                .contains("Money in home currency")
                .contains(",\"EUR\",3.45,\r\n");
        assertThat(Files.readString(folder.resolve("reconciled/spotify-2026-01.html")))
                .contains("In EUR")
                .contains("4.83")
                .contains("ECB, monthly average");
        assertThat(books.run(0, "reconcile", "--period", "2026-01").out())
                .contains("in EUR: 4.83 EUR; GBP at 1.15 (2026-01, ECB), USD at 0.92");
    }

    @Test
    void aMissingRateIsSaidAndLeavesTheCellEmpty() throws IOException {
        Files.writeString(folder.resolve("rates.csv"), RATES.replace("GBP,2026-01", "GBP,2026-02"));

        JsonNode home = reconciled().path("home");

        assertThat(home.path("amount").isNull()).isTrue();
        assertThat(home.path("no_rate_for").path(0).asString()).isEqualTo("GBP");
        assertThat(csv()).contains(",\"EUR\",0.92,\n", ",,,\"GBP\"\n");
        assertThat(Files.readString(folder.resolve("reconciled/spotify-2026-01.html")))
                .contains("There is no rate of this period for GBP");
        assertThat(books.run(0, "reconcile", "--period", "2026-01").out()).contains("no rate of this period for GBP");
        assertThat(books.run(0, "close", "--period", "2026-01", "--by", "Ada", "--accept", "so be it")
                        .out())
                .as("whoever signs sees it")
                .contains("in EUR: no rate of this period for GBP");
    }

    @Test
    void aTableWithoutRatesAndACurrencyThatNobodyHasAreRefused() throws IOException {
        Files.writeString(folder.resolve("rates.csv"), "currency,period,rate,source\n");
        assertThat(books.run(2, "reconcile", "--period", "2026-01").err())
                .contains("rates.csv: has no rates; expected a CSV with the columns currency, period, rate and source");

        Files.writeString(folder.resolve("rates.csv"), RATES + "XQQ,2026-01,1.1,ECB\n");
        assertThat(books.run(2, "reconcile", "--period", "2026-01").err())
                .contains("has 'XQQ' for a currency, which ISO 4217 does not know");
    }

    @Test
    void aCloseKeepsItsRatesWhateverBecomesOfTheTable() throws IOException {
        books.run(0, "close", "--period", "2026-01", "--by", "Ada", "--accept", "so be it");
        String closed = csv();
        Files.writeString(folder.resolve("rates.csv"), RATES.replace("0.92", "0.99"));

        Path again = folder.resolve("again.csv");
        books.run(0, "reconcile", "--period", "2026-01", "--closed", "--source", "spotify", "--out", again.toString());

        assertThat(again).hasContent(closed);
        assertThat(books.run(0, "audit", "--period", "2026-01").out()).contains("adds up");
        Process process = new ProcessBuilder(
                        "python3",
                        Path.of("..", "verify", "verify_close.py").toString(),
                        folder.resolve("lake").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
        assertThat(said).contains("4.83 EUR");
        JsonNode home = tools.jackson.databind.json.JsonMapper.shared()
                .readTree(Files.readString(folder.resolve("lake/closes/0001-spotify-2026-01.json")))
                .path("home");
        assertThat(home.path("table_sha256").asString()).hasSize(64);
        assertThat(home.path("rates").size()).isEqualTo(2);
    }

    @Test
    void aRateThatChangesMakesThePeriodAnewAndOneThatNoReportNeedsDoesNot() throws IOException {
        String id = reconciled().path("reconciliation_id").asString();

        Files.writeString(folder.resolve("rates.csv"), RATES + "JPY,2026-01,0.006,ECB\n");
        assertThat(reconciled().path("reconciliation_id").asString()).isEqualTo(id);

        Files.writeString(folder.resolve("rates.csv"), RATES.replace("0.92", "0.93"));
        assertThat(reconciled().path("reconciliation_id").asString()).isNotEqualTo(id);
    }

    @Test
    void ratesAsTheEcbPublishesThemAreTurnedRound() throws IOException {
        Files.writeString(
                folder.resolve("rates.csv"),
                "currency;date;units_per_home;source\nUSD;2026-01-30;1,25;EZB\nGBP;2026-01-30;0,8;EZB\n");

        assertThat(new BigDecimal(reconciled().path("home").path("amount").asString()))
                .isEqualByComparingTo("4.95"); // 1.5 × 0.8 + 3 × 1.25
    }

    @Test
    void aTableThatCantBeUsedIsRefusedByItsLine() throws IOException {
        Files.writeString(folder.resolve("rates.csv"), "currency,month,rate,source\nUSD,2026-01,zero,ECB\n");
        assertThat(books.run(2, "reconcile", "--period", "2026-01").err())
                .contains("rates.csv: line 2 has 'zero' for a rate");
        Files.delete(folder.resolve("rates.csv"));
        assertThat(books.run(2, "reconcile", "--period", "2026-01").err())
                .contains("there is no file", "rates.csv", "currency, period, rate and source");
    }

    @Test
    void checkLooksAtTheTablesThatPeopleKeep() throws IOException {
        assertThat(books.run(0, "check").out()).contains("ok      exchange rates:", "rates.csv, 3 rates into EUR");

        Files.writeString(folder.resolve("rates.csv"), RATES.replace("0.92", "nought"));
        books.configure("reconcile: {home_currency: EUR}\nremittances: paid.csv\n");

        assertThat(books.run(2, "check").out())
                .contains("NOT OK  exchange rates:", "line 2", "'nought'", "NOT OK  remittances:", "paid.csv");
    }
}
