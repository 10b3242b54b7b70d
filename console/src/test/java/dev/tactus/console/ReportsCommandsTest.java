package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The commands on sales reports: what is imported, what is refused, what people decide, with exit codes and
/// JSON.
class ReportsCommandsTest {
    private static final String ODD = """
        Statement of October
        Sales month;Shop;Track title;Artist name;ISRC code;Country;Units;Net amount (EUR)
        2026-10;Spotify;Known;Somebody;USABC2500001;DE;1.204;12,50
        2026-10;Spotify;=cmd|' /C calc'!A0;Else;USXYZ2500009;FR;3;0,0123
        """;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Path config;

    @BeforeEach
    void settle() throws IOException {
        config = ConfiguredFolder.in(
                        folder, URI.create("http://127.0.0.1:9"), "isrc,title,artists\nUSABC2500001,Known,Somebody\n")
                .config();
        Files.writeString(config, Files.readString(config) + "reports: {layouts: ./layouts}\n");
        Files.createDirectories(folder.resolve("layouts"));
    }

    private CommandResult run(int exit, String... args) {
        List<String> all = new ArrayList<>(List.of("reports"));
        all.addAll(List.of(args));
        if (!args[0].equals("template")) {
            all.addAll(List.of("--config", config.toString()));
        }
        CommandResult ended = CommandResult.of(all.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(exit);
        return ended;
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aReportOfAnUnknownKindComesInByTheLayoutThatIsProposed() throws IOException {
        String odd = file("odd.csv", ODD);
        JsonNode refused = run(2, "import", odd, "--json").json();
        assertThat(refused.path("ok").asBoolean()).isFalse();
        assertThat(refused.path("refused").asLong()).isEqualTo(1);
        assertThat(refused.path("files").path(0).path("reason").asString())
                .contains("no layout matches")
                .contains("tactus reports template");

        String layout = run(0, "template", odd).out();
        assertThat(run(0, "template", odd, "--json").json().path("layout").asString())
                .isEqualTo(layout);
        file("layouts/odd.yaml", layout);

        JsonNode imported = run(0, "import", odd, "--json").json();
        assertThat(imported.path("landed").asLong()).isEqualTo(2);
        assertThat(imported.path("read").asLong())
                .isEqualTo(imported.path("landed").asLong()
                        + imported.path("rejected").asLong()
                        + imported.path("skipped").asLong());
        assertThat(imported.path("files")
                        .path(0)
                        .path("totals")
                        .path(0)
                        .path("reported")
                        .asString())
                .isEqualTo("12.5123");
        assertThat(run(0, "import", odd).out()).contains("not counted again");
        assertThat(run(0, "list").out()).contains("odd", "12.5123 EUR");
        assertThat(run(2, "template", file("x.txt", "one\ntwo\n")).err()).contains("x.txt");
    }

    @Test
    void whatSomebodyDecidedAboutUsageHoldsForWhatIsThereAndForTheMonthsToCome() throws IOException {
        String odd = file("odd.csv", ODD);
        file("layouts/odd.yaml", run(0, "template", odd).out());
        run(0, "import", odd);

        JsonNode queue = run(0, "unmatched", "--json").json();
        assertThat(queue.path("unmatched").asLong()).isEqualTo(1);
        assertThat(queue.path("usages").path(0).path("usage_key").asString()).isEqualTo("USXYZ2500009");
        Path sheet = folder.resolve("queue.csv");
        assertThat(run(
                                0,
                                "unmatched",
                                "--csv",
                                sheet.toString(),
                                "--xlsx",
                                folder.resolve("queue.xlsx").toString())
                        .out())
                .contains("USXYZ2500009");
        assertThat(Files.size(folder.resolve("queue.xlsx"))).isPositive();
        String csv = Files.readString(sheet, StandardCharsets.UTF_8);
        assertThat(csv).contains(",'=cmd|' /C calc'!A0,").doesNotContain(",=cmd");

        assertThat(run(2, "match", sheet.toString()).err()).contains("--by");
        assertThat(run(2, "match", file("bad.csv", csv.stripTrailing() + "nonsense\n"), "--by", "Ada")
                        .err())
                .contains("nothing was imported")
                .contains("nonsense");
        String filled = file("filled.csv", csv.stripTrailing() + "USABC2500001\n");
        JsonNode matched = run(0, "match", filled, "--by", "Ada", "--json").json();
        assertThat(matched.path("matched").asLong()).isEqualTo(1);
        String other = file("other.csv", csv.stripTrailing() + "-\n");
        assertThat(run(0, "match", other, "--by", "Bob").out())
                .contains("USXYZ2500009: USABC2500001 (decided by Ada on ", ") → not yours");
        JsonNode back = run(0, "match", filled, "--by", "Ada", "--json").json().path("replaced");
        assertThat(back.at("/0/old").asString()).isEqualTo("not yours");
        assertThat(back.at("/0/new").asString()).isEqualTo("USABC2500001");
        assertThat(back.at("/0/decided_by").asString()).isEqualTo("Bob");

        assertThat(run(0, "unmatched", "--json").json().path("unmatched").asLong())
                .isZero();
        run(0, "import", file("next.csv", ODD.replace("2026-10", "2026-11")));
        assertThat(run(0, "unmatched", "--json").json().path("unmatched").asLong())
                .isZero();
        CommandResult asked = CommandResult.of(
                "query",
                "--config",
                config.toString(),
                "--format",
                "csv",
                "SELECT isrc, decided_by FROM usage_matches");
        assertThat(asked.out()).endsWith("USABC2500001,Ada\n");
    }

    @Test
    void whatIsOursIsNoReportThoughItLiesInTheFolder() throws IOException {
        String odd = file("odd.csv", ODD);
        file("layouts/odd.yaml", run(0, "template", odd).out());
        run(0, "import", odd);

        file("serve.db", "the page's");
        file("serve-token", "secret");
        Files.createDirectories(folder.resolve("serve-waiting/1"));
        file("serve-waiting/1/odd.csv", ODD);
        JsonNode again = run(0, "import", folder.toString(), "--json").json();
        assertThat(again.path("files").size()).as(again.toString()).isEqualTo(1);
        assertThat(again.path("known").asLong()).isEqualTo(1);
    }

    @Test
    void whatWaitsForThePageIsCalledAsItWasSent() throws IOException {
        file("layouts/odd.yaml", run(0, "template", file("odd.csv", ODD)).out());
        Files.createDirectories(folder.resolve("serve-waiting/1"));
        file("serve-waiting/1/october.csv", ODD);
        String waiting = folder.resolve("serve-waiting/1").toString();
        run(0, "import", waiting, "--named-within=" + waiting);
        assertThat(run(0, "list", "--json").json().at("/reports/0/name").asString())
                .isEqualTo("october.csv");
    }

    @Test
    void refundsAmongRejectedRowsDoNotHideWhatTheyHold() throws IOException {
        file("layouts/odd.yaml", run(0, "template", file("odd.csv", ODD)).out());
        String bad = "2026-10;Spotify;T;A;nonsense;DE;1;5,00\n2026-10;Spotify;T;A;nonsense;DE;-1;-5,00\n";
        assertThat(run(0, "import", file("bad.csv", ODD + bad), "--accept", "agreed", "--by", "Ada")
                        .out())
                .contains("10 EUR in 2 rejected rows, counted without signs (with them 0")
                .doesNotContain(" 0 EUR in 2");
    }

    @Test
    void aMissingFileOfRemittancesIsNamedWithTheKeyThatNamesIt() throws IOException {
        Files.writeString(config, Files.readString(config) + "remittances: ./paid.csv\n");
        assertThat(run(2, "import", file("odd.csv", ODD)).err())
                .contains("tactus.yaml: remittances: there is no file")
                .contains("paid.csv")
                .contains("sender, statement_period, currency, amount");
    }

    @Test
    void whatATextMeansIsDecidedListedAndTakenBack() throws IOException {
        assertThat(run(2, "decide", "territory", "BRD", "Atlantis", "--by", "Ada")
                        .err())
                .contains("a country, WW for the world, or ZZ");
        assertThat(run(2, "decide", "colour", "red", "blue", "--by", "Ada").err())
                .contains("territory, store, usage, deduction");
        assertThat(run(2, "decide", "territory", "BRD", "DE").err()).contains("--by");
        JsonNode decided = run(0, "decide", "territory", "BRD", "Germany", "--by", "Ada", "--json")
                .json();
        assertThat(decided.path("meaning").asString()).isEqualTo("DE");

        String odd = file("odd.csv", ODD.replace(";DE;", ";BRD;"));
        file("layouts/odd.yaml", run(0, "template", odd).out());
        run(0, "import", odd);
        assertThat(CommandResult.of(
                                "query",
                                "--config",
                                config.toString(),
                                "--format",
                                "csv",
                                "SELECT territory FROM sales ORDER BY line")
                        .out())
                .endsWith("DE\nFR\n");

        assertThat(run(0, "revoke", "territory", "brd", "--by", "Bob").out()).contains("revoked");
        assertThat(run(2, "revoke", "territory", "brd", "--by", "Bob").err()).contains("tactus reports decisions");
        JsonNode listed = run(0, "decisions", "--json").json().path("decisions");
        assertThat(listed.path(0).path("decided_by").asString()).isEqualTo("Ada");
        assertThat(listed.path(0).path("revoked_by").asString()).isEqualTo("Bob");
    }

    @Test
    void theCatalogIsTakenAsItsFileIsNow() throws IOException {
        String odd = file("odd.csv", ODD);
        file("layouts/odd.yaml", run(0, "template", odd).out());
        run(0, "import", odd);
        Path sheet = folder.resolve("queue.csv");
        run(0, "unmatched", "--csv", sheet.toString());
        String filled = file("filled.csv", Files.readString(sheet).stripTrailing() + "USABC2500077\n");
        assertThat(run(2, "match", filled, "--by", "Ada").err()).contains("USABC2500077 is not in the catalog");

        file("catalog.csv", "isrc,title,artists\nUSABC2500001,Known,Somebody\nUSABC2500077,New,Else\n");
        run(0, "match", filled, "--by", "Ada");
        assertThat(run(0, "unmatched", "--json").json().path("unmatched").asLong())
                .isZero();
        file("catalog.csv", "isrc,title,artists\nUSABC2500077,New,Else\n");
        assertThat(run(0, "unmatched", "--json")
                        .json()
                        .at("/usages/0/usage_key")
                        .asString())
                .isEqualTo("USABC2500001");
    }

    @Test
    void anImportSaysThatItTouchesAClosedPeriodAndWhatBecomesOfIt() throws IOException {
        String odd = file("odd.csv", ODD);
        file("layouts/odd.yaml", run(0, "template", odd).out());
        run(0, "import", odd);
        for (String[] command : new String[][] {
            {"reconcile", "--period", "2026-10"},
            {"close", "--period", "2026-10", "--by", "Ada", "--accept", "the API was never asked"}
        }) {
            List<String> all = new ArrayList<>(List.of(command));
            all.addAll(List.of("--config", config.toString()));
            CommandResult ended = CommandResult.of(all.toArray(String[]::new));
            assertThat(ended.exit()).as(ended.out() + ended.err()).isIn(0, 3);
        }

        String late = file("late.csv", ODD.replace("0001", "0002").replace("0009", "0008"));
        assertThat(run(0, "import", late).out())
                .contains("contains usage of closed periods")
                .contains("2026-10")
                .contains("they stay as closed, and differences become adjustments");
        JsonNode voided = run(0, "void", reportOf("late.csv"), "--by", "Ada", "--reason", "a test", "--json")
                .json();
        assertThat(voided.path("closed").path(0).asString()).contains("2026-10");
    }

    private String reportOf(String file) {
        for (JsonNode report : run(0, "list", "--json").json().path("reports")) {
            if (report.path("name").asString().endsWith(file)) {
                return report.path("report_id").asString();
            }
        }
        throw new AssertionError("no report of " + file);
    }

    @Test
    void anImportTellsOfEachFileWhatOthersReadOfIt() throws IOException {
        file("layouts/odd.yaml", run(0, "template", file("odd.csv", ODD)).out());
        String october = file("october.csv", ODD);
        JsonNode taken = run(0, "import", october, "--json").json();
        assertThat(taken.path("command").asString()).isEqualTo("reports import");
        JsonNode verdict = taken.path("files").path(0);
        assertThat(verdict.propertyNames())
                .startsWith(
                        "file",
                        "status",
                        "reason",
                        "report_id",
                        "layout",
                        "read",
                        "landed",
                        "rejected",
                        "skipped",
                        "money",
                        "rejected_money",
                        "replaces");
        assertThat(verdict.path("file").asString()).isEqualTo(october);
        assertThat(verdict.path("status").asString()).isEqualTo("imported");
        assertThat(verdict.path("money").path("EUR").asString()).isEqualTo("12.5123");
        assertThat(verdict.path("rejected_money").isEmpty()).isTrue();
        String id = verdict.path("report_id").asString();

        String less = file("less.csv", ODD.replace("12,50", "2,50"));
        JsonNode refused = run(2, "import", less, "--json").json();
        assertThat(refused.path("ok").asBoolean()).isFalse();
        verdict = refused.path("files").path(0);
        assertThat(verdict.path("status").asString()).isEqualTo("refused");
        assertThat(verdict.path("reason").asString()).contains("12.5123 → 2.5123 EUR");
        assertThat(verdict.path("replaces").asString()).isEqualTo(id);
        assertThat(verdict.path("report_id").isNull()).isTrue();
        assertThat(verdict.at("/change/old/money/EUR").asString()).isEqualTo("12.5123");

        verdict = run(0, "import", less, "--accept", "a refund", "--by", "Ada", "--json")
                .json()
                .path("files")
                .path(0);
        assertThat(verdict.path("replaces").asString()).isEqualTo(id);
        assertThat(verdict.path("reason").asString()).isEqualTo("a refund");
        assertThat(run(0, "list").out()).contains("a refund");
        assertThat(run(0, "import", october, "--json")
                        .json()
                        .at("/files/0/status")
                        .asString())
                .isEqualTo("known");
    }

    @Test
    void reportsNeedNoSourceOfApiCounts() throws IOException {
        file("layouts/odd.yaml", run(0, "template", file("odd.csv", ODD)).out());
        Files.writeString(config, """
            version: 1
            catalog: catalog.csv
            reports: {layouts: ./layouts, falls: 5%, rejected_money: 0}
            remittances: remittances.csv
            """);
        file("remittances.csv", "sender,statement_period,currency,amount\nOdd,2026-10,EUR,9.99\n");
        String odd = folder.resolve("odd.csv").toString();
        assertThat(run(2, "import", odd).out())
                .contains("its rows add up to 12.5123 EUR, but 9.99 EUR was remitted for odd 2026-10");
        file("remittances.csv", "sender,statement_period,currency,amount\nAnother,2026-10,EUR,9.99\n");
        run(2, "import", odd, "--expect", "12.50 EUR");
        assertThat(run(0, "import", odd, "--check").out())
                .contains("12.5123 EUR in 2 amounts")
                .doesNotContain("the same in the lake");
        assertThat(run(0, "import", odd, "--expect", "12.51 EUR").out())
                .contains("12.5123 EUR in 2 amounts, the same in the lake");
        assertThat(run(2, "import", odd, "--expect", "99999 EUR").out())
                .contains("refused", "the same content is in the lake as", "but 99999 EUR is expected");
        String settings = config.toString();
        assertThat(CommandResult.of("check", "--config", settings).out())
                .contains("ok      payments: none differs from its statement");
        file("remittances.csv", "sender,statement_period,currency,amount\nOdd,2026-10,EUR,9.99\n");
        String differs = "odd.csv add up to 12.5123 EUR, but 9.99 EUR was remitted for Odd 2026-10";
        assertThat(run(2, "import", odd).out()).contains(differs);
        CommandResult checked = CommandResult.of("check", "--config", settings);
        assertThat(checked.exit()).isEqualTo(3);
        assertThat(checked.out()).contains("NOT OK  payments: the rows of ", differs);
        assertThat(CommandResult.of("reconcile", "--period", "2026-10", "--config", settings)
                        .err())
                .contains("warning: a payment is not what was stated: ", differs);
        assertThat(CommandResult.of("reconcile", "--period", "2026-09", "--config", settings)
                        .err())
                .doesNotContain(differs);
        assertThat(CommandResult.of("close", "--period", "2026-10", "--by", "Ada", "--config", settings)
                        .err())
                .contains("warning: a payment is not what was stated: ", differs);
        assertThat(CommandResult.of("sync", "--config", config.toString()).err())
                .contains("names no source to ask");
    }
}
