package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands on periods of a label that has statements and no API.
class PeriodCommandsTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    StatementsFolder books;

    @BeforeEach
    void settle() throws IOException {
        books = StatementsFolder.in(folder);
        books.imports("2026-01", 100, 50);
    }

    @Test
    void aSourceThatNobodyKnowsIsRefusedWithWhatThereIs() {
        assertThat(books.run(2, "reconcile", "--period", "2026-01", "--source", "x")
                        .err())
                .contains("nor a service in the reports of 2026-01; there are spotify");
        assertThat(books.run(2, "reconcile", "--period", "2024-01", "--source", "x")
                        .err())
                .contains("nor a service in the reports of 2024-01; there are no reports of that period, and no source")
                .doesNotContain("there are \n");
        assertThat(books.run(2, "audit", "--period", "2026-01", "--source", "x").err())
                .contains("there is no such source; there are none yet");
    }

    @Test
    void aPeriodThatNobodyTellsOfIsSaidToBeOne() {
        assertThat(books.run(0, "reconcile", "--period", "2024-01").err())
                .contains("2024-01: no source of", "no report tells of the period");
        JsonNode none =
                books.run(0, "reconcile", "--period", "2024-01", "--json").json();
        assertThat(none.path("sources").isEmpty()).isTrue();
        assertThat(books.run(2, "close", "--period", "2024-01", "--by", "Ada").err())
                .contains("nothing was closed");
    }

    @Test
    void whatIsDecidedAboutARowIsListedAndRevoked() {
        assertThat(books.run(2, "variances", "list", "--period", "2026-01").err())
                .contains("nothing of 2026-01 was reconciled; tactus reconcile --period 2026-01 comes first");
        books.run(0, "reconcile", "--period", "2026-01");
        assertThat(books.run(2, decision("accept")).err()).contains("say which rows are meant");
        assertThat(books.run(2, decision("accept", "--all")).err()).contains("no row of 2026-01 that is meant waits");

        String[] row = {"--isrc", StatementsFolder.ONE, "--territory", "DE"};
        assertThat(books.run(0, decision("dispute", row)).out()).contains("1 row is disputed by Ada");
        JsonNode listed = books.run(0, "variances", "list", "--period", "2026-01", "--json")
                .json();
        assertThat(listed.path("variances").path(0).path("state").asString()).isEqualTo("disputed");
        assertThat(listed.path("variances")
                        .path(0)
                        .path("decision")
                        .path("comment")
                        .asString())
                .isEqualTo("why");
        assertThat(books.run(0, "reconcile", "--period", "2026-01").out()).contains("spotify-2026-01-disputes.csv");

        String id = listed.path("variances").path(0).path("decision").path("id").asString();
        String[] revoke = {"variances", "revoke", id.substring(0, 6), "--by", "Grace", "--reason", "settled"};
        assertThat(books.run(0, revoke).out()).contains("1 decision is revoked");
        assertThat(books.run(2, revoke).err()).contains("no longer in force: settled (Grace)");
        assertThat(books.run(0, "variances", "list", "--period", "2026-01").err())
                .contains("0 variances wait");
    }

    @Test
    void twoNamesTypedByOneAreNotTwoPeople() throws IOException {
        books.configure("reconcile: {second_person: required}\n");
        String[] close = {"close", "--period", "2026-01", "--by", "Ada"};
        String[] approve = {"close", "approve", "--period", "2026-01", "--by", "Grace"};
        assertThat(books.run(3, approve).out()).contains("nobody has prepared it");

        assertThat(books.run(0, close).out()).contains("waits for a second person; it is not closed yet");
        assertThat(books.run(3, approve).out())
                .contains("was not closed: it was prepared by Ada as the user")
                .contains("A second name typed by the same user is not a second person");
        assertThat(books.run(2, "audit", "--period", "2026-01").err()).contains("is not closed");
        assertThat(books.run(2, "close", "approve", "--by", "Grace").err()).contains("'--period=P'");
    }

    @Test
    void twoPeopleWithTokensOfTheirOwnCloseAPeriod() throws IOException {
        books.configure("""
            reconcile: {second_person: required}
            serve:
              people:
                - {name: Ada, token_sha256: %s, role: close}
                - {name: Grace, token_sha256: %s, role: close}
                - {name: Lina, token_sha256: %s, role: look}
            """.formatted(
                Sha256.of("a").hex(), Sha256.of("g").hex(), Sha256.of("l").hex()));
        String[] close = {"close", "--period", "2026-01", "--by", "Ada", "--json"};
        String[] approve = {"close", "approve", "--period", "2026-01", "--by", "Grace", "--json"};
        JsonNode prepared = books.run(Map.of("TACTUS_TOKEN", "a"), 0, close).json();
        assertThat(prepared.path("closed").asBoolean()).isFalse();
        assertThat(prepared.path("sources").path(0).path("outcome").asString()).isEqualTo("prepared");

        assertThat(books.run(Map.of("TACTUS_TOKEN", "a"), 3, approve).out()).contains("with the token of Ada");
        assertThat(books.run(Map.of("TACTUS_TOKEN", "l"), 2, approve).err()).contains("does not include closing");
        assertThat(books.run(Map.of("TACTUS_TOKEN", "x"), 2, approve).err()).contains("is nobody's");
        assertThat(books.run(Map.of(), 3, approve).json().path("closed").asBoolean())
                .isFalse();

        JsonNode closed = books.run(Map.of("TACTUS_TOKEN", "g"), 0, approve).json();
        assertThat(closed.path("closed").asBoolean()).isTrue();
        String manifest = Files.readString(folder.resolve("lake")
                .resolve(closed.path("sources").path(0).path("manifest").asString()));
        JsonNode says = new JsonMapper().readTree(manifest);
        assertThat(says.path("by").asString()).isEqualTo("Ada");
        assertThat(says.path("prepared").path("person").asString()).isEqualTo("Ada");
        assertThat(says.path("approved").path("person").asString()).isEqualTo("Grace");
        assertThat(books.run(0, "audit", "--period", "2026-01").out()).contains("adds up");
    }

    @Test
    void whatHasChangedSinceItWasPreparedIsNotApproved() throws IOException {
        books.configure("""
            reconcile: {second_person: required}
            serve: {people: [{name: Ada, token_sha256: %s, role: close}, {name: Grace, token_sha256: %s, role: close}]}
            """.formatted(Sha256.of("a").hex(), Sha256.of("g").hex()));
        books.run(Map.of("TACTUS_TOKEN", "a"), 0, "close", "--period", "2026-01", "--by", "Ada");
        books.imports("2026-01", 120, 50);

        assertThat(books.run(Map.of("TACTUS_TOKEN", "g"), 3, "close", "approve", "--period", "2026-01", "--by", "Grace")
                        .out())
                .contains("it is no longer what Ada prepared");
    }

    @Test
    void aSenderOwesEveryMonthOnceItHasSentThree() throws IOException {
        assertThat(books.run(0, "reports", "calendar").out()).contains("no statements are expected");
        // within the half year after which a sender that sends nothing has ended
        YearMonth last = YearMonth.now(ZoneOffset.UTC).minusMonths(4);
        YearMonth missing = last.minusMonths(1);
        for (int back = 4; back >= 0; back--) {
            if (back != 1) {
                books.imports(last.minusMonths(back).toString(), 100 + back, 50);
            }
        }
        JsonNode calendar = books.run(0, "reports", "calendar", "--json").json();
        assertThat(calendar.path("missing").toString()).contains(missing + ", late since", "(as it has sent before)");
        assertThat(calendar.path("late").asInt()).isPositive();
        assertThat(books.run(0, "reports", "calendar").out()).contains("SENDER", "LATE ", "came ");
        assertThat(books.run(0, "check").out()).contains("ok      statements:", "owes " + missing);

        // late sales of the missing month are not its statement
        String late = "spotify-" + missing + "-late";
        books.run(
                0,
                "reports",
                "import",
                books.statement(late, missing.toString(), 2, 1, "0.01").toString());
        assertThat(books.run(0, "reconcile", "--period", missing.toString()).out())
                .contains("missing: ", "owes " + missing);
        assertThat(books.run(3, "close", "--period", missing.toString(), "--by", "Ada")
                        .out())
                .contains("was not closed; it is incomplete", "owes " + missing);
        assertThat(books.run(0, "close", "--period", last.toString(), "--by", "Ada")
                        .out())
                .contains("closed by Ada");
    }

    @Test
    void oneFileWithMonthsOfUsageTellsNothingOfWhatIsOwed() throws IOException {
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        Path file = distrokid("Deezer");
        String row = Files.readAllLines(file).getLast();
        StringBuilder rows = new StringBuilder();
        for (int back = 5; back >= 2; back--) {
            rows.append(row.replace("2026-03-01", now + "-01")
                            .replace("2026-01", now.minusMonths(back).toString()))
                    .append('\n');
        }
        Files.writeString(file, Files.readAllLines(file).getFirst() + "\n" + rows);
        books.run(0, "reports", "import", file.toString());
        assertThat(books.run(0, "reports", "calendar").out()).contains("no statements are expected");
        Files.writeString(
                file,
                Files.readAllLines(file).getFirst() + "\n"
                        + row.replace("2026-03-01", now + "-01")
                                .replace("2026-01", now.minusMonths(6).toString())
                                .replace("0.9", "0.8")
                        + "\n");
        books.run(0, "reports", "import", "--beside", file.toString());
        assertThat(books.run(0, "reports", "calendar").out()).contains("DistroKid");
    }

    @Test
    void whatTheConfigurationStatesIsOwedFromTheFirstDayOn() throws IOException {
        books.configure("reports: {calendar: [{sender: DistroKid, services: [Spotify], due: 10d, from: 2026-01,"
                + " to: 2026-01}]}\n");
        assertThat(books.run(0, "reconcile", "--period", "2026-01").out())
                .contains("missing: DistroKid owes 2026-01, late since 2026-02-10");
        assertThat(books.run(3, "close", "--period", "2026-01", "--by", "Ada").out())
                .contains("DistroKid owes 2026-01");
        books.configure("reports: {calendar: [{sender: DistroKid, services: [Deezer], from: 2026-01}]}\n");
        assertThat(books.run(0, "close", "--period", "2026-01", "--by", "Ada").out())
                .contains("closed by Ada");
    }

    @Test
    void moneyAUnitThatIsNotAsUsualIsWarnedOf() throws IOException {
        books.imports("2026-02", 100, 50);
        books.run(
                0,
                "reports",
                "import",
                books.statement("dear", "2026-03", 100, 50, "0.03").toString());

        assertThat(books.run(0, "reconcile", "--period", "2026-03").out())
                .contains("warning: ", "pays 0.03 USD a unit for stream in DE, usually 0.01 (+200 %)");
        assertThat(books.run(0, "reconcile", "--period", "2026-02").out()).doesNotContain("warning: ");
        assertThat(books.run(0, "close", "--period", "2026-03", "--by", "Ada").out())
                .contains("warning: ", "usually 0.01");
    }

    @Test
    void whatTwoSendersReportIsNamedBeforeTheClose() throws IOException {
        Path other = distrokid("Spotify");
        books.run(0, "reports", "import", "--beside", other.toString());
        assertThat(books.run(0, "reconcile", "--period", "2026-01").out())
                .contains("DistroKid and Spotify both report 1 row of this period (199 plays together)");
    }

    @Test
    void anExportHoldsWhatHasChangedSinceTheLast() throws IOException {
        assertThat(books.run(2, "reconcile", "--period", "2026-01", "--export", "x")
                        .err())
                .contains("there are curve, reprtoir, generic");
        String[] export = {"reconcile", "--period", "2026-01", "--export", "generic"};
        assertThat(books.run(0, export).out()).contains("exported 2 rows", "spotify-2026-01-generic-0001.csv");
        Path first = folder.resolve("reconciled/spotify-2026-01-generic-0001.csv");
        assertThat(Files.readString(first))
                .contains("\"" + StatementsFolder.ONE + "\",\"859712345677\"", ",100,\"USD\",1\r\n");
        assertThat(books.run(0, export).out()).contains("nothing has changed since export 1");

        books.imports("2026-01", 130, 50);
        assertThat(books.run(0, export).out()).contains("exported 1 row", "generic-0002.csv");
        assertThat(Files.readString(folder.resolve("reconciled/spotify-2026-01-generic-0002.csv")))
                .contains(",30,\"USD\",0.3\r\n")
                .doesNotContain(StatementsFolder.TWO);
        assertThat(books.run(0, export).out()).doesNotContain("warning: ");
        // an engine of its own gets all of the period, and whoever takes both is warned
        String[] curve = {"reconcile", "--period", "2026-01", "--export", "curve"};
        assertThat(books.run(0, curve).out())
                .contains(
                        "exported 2 rows",
                        "warning: the same days",
                        "(spotify-2026-01-generic-0002.csv)",
                        "paid twice");
        assertThat(books.run(0, curve).out()).contains("nothing has changed since export 1", "paid twice");
        assertThat(books.run(0, "reconcile", "--period", "2026-Q1", "--export", "reprtoir", "--json")
                        .json()
                        .path("sources")
                        .path(0)
                        .path("exported_elsewhere"))
                .hasToString("[\"spotify-2026-01-curve-0001.csv\",\"spotify-2026-01-generic-0002.csv\"]");
    }

    @Test
    void aClosedPageTellsWhatItsStatementsHoldBesideSales() throws IOException {
        Path file = distrokid("Deezer");
        String row = Files.readAllLines(file).getLast();
        Files.writeString(
                file,
                Files.readString(file)
                        + row.replace(StatementsFolder.ONE, "QZ12").replace("0.9", "0.25") + "\n"
                        + row.replace(StatementsFolder.ONE, "")
                                .replace("One", "Withholding tax")
                                .replace("\t99\t", "\t0\t")
                                .replace("0.9", "-0.5")
                        + "\n"
                        + row.replace(StatementsFolder.ONE, StatementsFolder.TWO)
                                .replace("\t99\t", "\t-4\t")
                                .replace("0.9", "-0.04")
                        + "\n");
        assertThat(books.run(0, "reports", "import", "--beside", "--accept", "small", file.toString())
                        .out())
                .contains("+ 1 deduction + 1 rejected");
        books.run(0, "close", "--source", "deezer", "--period", "2026-01", "--by", "Ada", "--accept", "we know");
        assertThat(Files.readString(folder.resolve("reconciled/deezer-2026-01.html")))
                .contains("also hold 1 row that could not be read, with 0.25\u00a0USD; and 1 line of deductions")
                .contains("The close, which was complete: we know")
                .contains("-4 plays and -0.04 USD refund what was sold in another one")
                .containsSubsequence(
                        "<h2>Deductions</h2>",
                        "<bdi>DistroKid</bdi>",
                        "withholding",
                        "lines of their own",
                        "USD",
                        "−0.50");
        assertThat(zipped(folder.resolve("reconciled/deezer-2026-01.xlsx"))).contains("Deductions", "-0.5");
    }

    @Test
    void aMonthAndTheQuarterThatHoldsItAreNotBothExported() throws IOException {
        books.run(0, "reconcile", "--period", "2026-01", "--export", "generic");
        assertThat(books.run(2, "reconcile", "--period", "2026-Q1", "--export", "generic")
                        .err())
                .contains(
                        "spotify 2026-01 was exported for generic already (spotify-2026-01-generic-0001.csv)",
                        "2026-Q1 has days of it: they would be paid twice");
        assertThat(books.run(2, "reconcile", "--period", "2026-01-01..2026-01-15", "--export", "generic")
                        .err())
                .contains("would be paid twice");
        books.run(0, "reconcile", "--period", "2026-Q1");
        books.run(0, "reconcile", "--period", "2026-Q1", "--export", "curve");
    }

    @Test
    void whatWasExportedAndTakenBackKeepsNoOtherPeriodFromIt() throws IOException {
        books.run(0, "reports", "import", "--beside", distrokid("Deezer").toString());
        String[] export = {"reconcile", "--source", "deezer", "--period", "2026-01", "--export", "generic"};
        assertThat(books.run(0, export).out()).contains("deezer-2026-01-generic-0001.csv");
        books.run(0, "reports", "void", reportOf("Deezer"), "--by", "Ada", "--reason", "another label's");
        assertThat(books.run(0, export).out()).contains("deezer-2026-01-generic-0002.csv");
        Path february = distrokid("Deezer");
        Files.writeString(february, Files.readString(february).replace("2026-01", "2026-02"));
        books.run(0, "reports", "import", "--beside", february.toString());
        books.run(0, "reconcile", "--source", "deezer", "--period", "2026-Q1", "--export", "generic");
    }

    private String reportOf(String service) {
        return books.run(0, "reports", "list")
                .out()
                .lines()
                .filter(line -> line.contains(service))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.joining());
    }

    /// A service that only reports name, whose only statement was a mistake: what was exported is taken back.
    @Test
    void whatWasReconciledGoesOnceItsOnlyReportIsWithdrawn() throws IOException {
        String[] export = {"reconcile", "--period", "2026-01", "--export", "generic"};
        books.run(0, "reports", "import", "--beside", distrokid("Deezer").toString());
        assertThat(books.run(0, export).out()).contains("deezer-2026-01-generic-0001.csv");
        books.run(0, "reports", "void", reportOf("Deezer"), "--by", "Ada", "--reason", "another label's");

        assertThat(books.run(0, "reconcile", "--period", "2026-01").out()).contains("deezer 2026-01");
        assertThat(books.run(0, export).out()).contains("deezer-2026-01-generic-0002.csv");
        assertThat(Files.readString(folder.resolve("reconciled/deezer-2026-01-generic-0002.csv")))
                .contains(StatementsFolder.ONE, ",-99,\"USD\",-0.9\r\n");
        assertThat(books.run(0, "reconcile", "--period", "2026-01", "--source", "deezer", "--export", "generic")
                        .out())
                .contains("nothing has changed since export 2");
    }

    private Path distrokid(String service) throws IOException {
        return Files.writeString(
                folder.resolve("distrokid.tsv"),
                String.join(
                                "\t",
                                "Reporting Date",
                                "Sale Month",
                                "Store",
                                "Artist",
                                "Title",
                                "ISRC",
                                "UPC",
                                "Quantity",
                                "Team Percentage",
                                "Song/Album",
                                "Country of Sale",
                                "Songwriter Royalties Withheld",
                                "Earnings (USD)")
                        + "\n"
                        + String.join(
                                "\t",
                                "2026-03-01",
                                "2026-01",
                                service,
                                "Ada",
                                "One",
                                StatementsFolder.ONE,
                                "",
                                "99",
                                "100",
                                "Song",
                                "DE",
                                "0",
                                "0.9")
                        + "\n");
    }

    private static String[] decision(String verb, String... more) {
        List<String> args =
                new ArrayList<>(List.of("variances", verb, "--period", "2026-01", "--by", "Ada", "--comment", "why"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private static String zipped(Path file) throws IOException {
        StringBuilder texts = new StringBuilder();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry part : Collections.list(zip.entries())) {
                texts.append(new String(zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts.toString();
    }
}
