package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.Machine;
import dev.tactus.database.TransactionListener;
import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.DiskListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was received is let go by age and kind: what was read from it stays, and every proof says what it can still
/// prove.
class RetentionTest {
    private static final String FAULTS = "recordings: [{fault: other_recording, share: 20%}]";
    private static final String TOLERANT = "tolerance: {dead_letters: 100%, awaiting_report: 100%}\n";
    private static final String BUYER = "Zaphod of the first buyers";
    private static final Path SCRIPT = Path.of("..", "verify", "verify_close.py");
    private static final String HEAD =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private Path lake() {
        return folder.resolve("lake");
    }

    private static CommandResult run(SimulatedSetup setup, int exit, String... args) {
        CommandResult ended = setup.run(args);
        assertThat(ended.exit())
                .as(String.join(" ", args) + ": " + ended.out() + ended.err())
                .isEqualTo(exit);
        return ended;
    }

    private static String isrc(SimulatedSetup setup) {
        return setup.simulator().catalog().recording(0).isrc().value();
    }

    private void imports(SimulatedSetup setup, String month) throws IOException {
        Path file = folder.resolve("statement-" + month + ".csv");
        Files.writeString(
                file,
                HEAD + "2026-12-15," + month + ",Spotify," + BUYER + ",One," + isrc(setup)
                        + ",,10,100,Song,US,0,10.5\n");
        run(setup, 0, "reports", "import", file.toString());
    }

    /// On a machine whose clock is a month ahead: what was received now is old.
    private static CommandResult retain(SimulatedSetup setup, DiskListener disk, String kind, String... more) {
        Instant later = Instant.now().plus(Duration.ofDays(30));
        List<String> args = new ArrayList<>(List.of(
                "lake",
                "retain",
                "--kind",
                kind,
                "--before",
                later.toString().substring(0, 10),
                "--by",
                "Ada",
                "--reason",
                "old enough",
                "--json",
                "--config",
                setup.settled().config().toString()));
        args.addAll(List.of(more));
        return CommandResult.on(
                new Machine(InstantSource.fixed(later), disk, TransactionListener.none()), args.toArray(String[]::new));
    }

    private static JsonNode retained(SimulatedSetup setup, String kind, String... more) {
        CommandResult ended = retain(setup, DiskListener.none(), kind, more);
        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        return ended.json().at("/retentions/0");
    }

    private static String answer(SimulatedSetup setup, String sql) {
        return run(setup, 0, "query", "--format", "csv", sql).out();
    }

    private String verified(int exit, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString(), lake().toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(out).isEqualTo(exit);
        return out;
    }

    private List<Path> dataFiles(String table) throws IOException {
        try (Stream<Path> files = Files.walk(lake().resolve("tactus/" + table + "/data"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private SimulatedSetup closedMarchAndOpenApril(int recordings) throws IOException {
        SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(recordings, FAULTS), TOLERANT);
        assertThat(CommandResult.of(setup.sync()).exit()).isZero();
        imports(setup, "2026-03");
        run(setup, 0, "close", "--period", "2026-03", "--by", "Ada", "--accept", "a rehearsal");
        imports(setup, "2026-04");
        return setup;
    }

    private static final String FIGURES =
            "SELECT report_id, line, isrc, quantity, net_revenue, usage_start FROM sales ORDER BY ALL";

    @Tag("slow")
    @Test
    void statementsOfClosedPeriodsLoseTheirTextAndNothingElse() throws IOException {
        try (SimulatedSetup setup = closedMarchAndOpenApril(8)) {
            String figures = answer(setup, FIGURES);
            List<Path> before = dataFiles("sales");

            JsonNode dry = retained(setup, "statements", "--dry-run");
            assertThat(dry.path("rows").asLong()).isEqualTo(1);
            assertThat(dry.path("record").isNull()).isTrue();
            assertThat(dataFiles("sales")).isEqualTo(before);

            JsonNode gone = retained(setup, "statements");

            assertThat(gone.path("rows").asLong()).isEqualTo(1);
            assertThat(gone.at("/kept/0").asString()).contains("statement-2026-04.csv", "is not closed for simulated");
            assertThat(answer(setup, FIGURES)).isEqualTo(figures);
            assertThat(answer(setup, "SELECT month(usage_start), raw IS NULL FROM sales ORDER BY 1"))
                    .endsWith("3,true\n4,false\n");
            JsonNode record = new JsonMapper()
                    .readTree(Files.readAllBytes(
                            lake().resolve(gone.path("record").asString())));
            assertThat(record.path("files")).isNotEmpty().allSatisfy(file -> {
                assertThat(lake().resolve(file.path("path").asString())).doesNotExist();
                assertThat(lake().resolve(file.at("/replaced_by/path").asString()))
                        .exists();
            });
            proofsHold(setup, "0001-statements");
            run(setup, 0, "lake", "maintain", "--keep-snapshots", "1", "--expire-days", "0");
            proofsHold(setup, "0001-statements");
            assertThat(run(setup, 0, "explain", "--period", "2026-03", "--isrc", isrc(setup))
                            .out())
                    .contains("statement-2026-03.csv line 2", "(its text was let go)", "it adds up");
            assertThat(retained(setup, "statements").path("rows").asLong()).isZero();

            assertThat(retained(setup, "statements", "--force").path("rows").asLong())
                    .isEqualTo(1);
            assertThat(answer(setup, "SELECT count(raw) FROM sales")).endsWith("0\n");
            assertThat(answer(setup, FIGURES)).isEqualTo(figures);
            proofsHold(setup, "0001-statements");
        }
    }

    /// Audit, the script and a ledger made anew say what is gone, and that all else holds.
    private void proofsHold(SimulatedSetup setup, String retention) throws IOException {
        assertThat(run(setup, 0, "audit").out()).contains("no longer provable: " + retention, "by Ada", "old enough");
        assertThat(run(setup, 0, "audit", "--period", "2026-03").out())
                .contains("let go", "reconciled again from its inputs", "adds up");
        Path record;
        try (Stream<Path> records = Files.list(lake().resolve("retention"))) {
            record = records.filter(file -> file.toString().endsWith(".json"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        String said = Files.readString(record);
        String head = Sha256.of(Files.readAllBytes(record)).hex();
        assertThat(verified(0))
                .contains("let go by Ada", "old enough", "not proven: 1 files let go after the last close", head)
                .doesNotContain("WRONG", "all of it holds");
        assertThat(verified(0, "--retention", head)).contains("let go by Ada", "all of it holds");
        Files.writeString(record, said.replace("Ada", "Eve"));
        assertThat(verified(1)).contains("WRONG", "retention/" + record.getFileName() + ": the digest");
        Files.writeString(record, said);
        Files.move(folder.resolve("ledger.db"), folder.resolve("lost.db"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(run(setup, 0, "ledger", "rebuild", "--json").json().path("lost"))
                .isEmpty();
        assertThat(run(setup, 0, "audit").out()).contains("no longer provable: " + retention);
    }

    /// Whoever invents a retention, for a file that was deleted, puts it at the end of a chain whose head is named.
    @Test
    void theNextCloseNamesWhatWasLetGo() throws IOException, SQLException {
        try (SimulatedSetup setup = closedMarchAndOpenApril(4)) {
            JsonNode gone = retained(setup, "statements");
            Path record = lake().resolve(gone.path("record").asString());
            assertThat(gone.path("record_sha256").asString())
                    .isEqualTo(Sha256.of(Files.readAllBytes(record)).hex());
            assertThat(verified(0)).contains("not proven: 1 files");

            run(setup, 0, "close", "--period", "2026-04", "--by", "Ada", "--accept", "a rehearsal");

            assertThat(verified(0)).contains("1 of 1 retentions are named", "all of it holds");
            run(setup, 0, "audit");
            byte[] said = Files.readAllBytes(record);
            Files.writeString(record, Files.readString(record).replace("Ada", "Eve"));
            Path sums = record.resolveSibling("0001-statements.sha256");
            Files.writeString(sums, Sha256.of(Files.readAllBytes(record)).hex() + "  0001-statements.json\n");
            assertThat(verified(1)).contains("the retention that it names", "not proven: 1 files");
            Files.write(record, said);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM retention_record");
            }
            assertThat(run(setup, 1, "audit", "--period", "2026-04").out())
                    .contains("first difference at closes/0002", "the retention that it names", "is not in the ledger");
        }
    }

    @Test
    void answersLoseTheirBytesAndKeepTheirDigests() throws IOException {
        try (SimulatedSetup setup = closedMarchAndOpenApril(20)) {
            String dismissed = run(setup, 0, "dead-letters", "list", "--json")
                    .json()
                    .at("/dead_letters/0/id")
                    .asString();
            run(setup, 0, "dead-letters", "dismiss", dismissed, "--by", "Ada", "--reason", "withdrawn");
            long open = run(setup, 0, "dead-letters", "list", "--json")
                    .json()
                    .path("dead_letters")
                    .size();
            assertThat(open).isPositive();

            JsonNode gone = retained(setup, "payloads");

            assertThat(gone.path("rows").asLong()).isPositive();
            assertThat(gone.path("dead_letters").asLong()).isEqualTo(1);
            assertThat(gone.at("/kept/0").asString())
                    .contains("answers of simulated: open dead letters were found in them");
            assertThat(answer(setup, "SELECT count(*) FROM payloads WHERE body IS NULL"))
                    .endsWith("\n" + gone.path("rows").asLong() + "\n");
            assertThat(run(setup, 0, "dead-letters", "show", dismissed).out()).contains("(its payload was let go)");
            setup.assertLakeIsComplete();
            String audit = run(setup, 0, "audit").out();
            assertThat(audit)
                    .contains("no longer provable: 0001-payloads", "what was read from", "answers that were let go");
            assertThat(run(setup, 0, "explain", "--period", "2026-03", "--isrc", isrc(setup))
                            .out())
                    .contains("it adds up");
            run(setup, 0, "ledger", "rebuild");
            run(setup, 0, "audit");
            assertThat(run(setup, 0, "dead-letters", "show", dismissed).out()).contains("(its payload was let go)");
        }
    }

    @Test
    void whatAnOpenPeriodNeedsStaysUnlessItIsForced() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(10, "limits: []"), "")) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            String needed = "SELECT count(*) FROM payloads WHERE body IS NOT NULL AND payload_sha256 IN"
                    + " (SELECT payload_sha256 FROM daily_streams UNION SELECT payload_sha256 FROM daily_listeners"
                    + " UNION SELECT payload_sha256 FROM tracks)";
            String before = answer(setup, needed);

            JsonNode gone = retained(setup, "payloads");

            assertThat(gone.at("/kept/0").asString())
                    .contains("answers of simulated", "the days 2026-03-14 to 2026-03-14 are in no closed period");
            assertThat(answer(setup, needed)).isEqualTo(before);
            retained(setup, "payloads", "--force");
            assertThat(answer(setup, needed)).endsWith("\n0\n");
            run(setup, 0, "audit");
        }
    }

    @Test
    void aBackupOfWhatIsLeftIsRestoredAndProven() throws IOException {
        try (SimulatedSetup setup = closedMarchAndOpenApril(4)) {
            retained(setup, "statements");
            run(setup, 0, "backup", elsewhere.resolve("backup").toString());
            Path there = folder.resolve("there.yaml");
            Files.writeString(
                    there,
                    Files.readString(setup.settled().config())
                            .replace("ledger: ./ledger.db", "ledger: ./there/ledger.db")
                            .replace("lake: ./lake", "lake: ./there/lake"));

            CommandResult restored =
                    CommandResult.of("restore", elsewhere.resolve("backup").toString(), "--config", there.toString());

            assertThat(restored.exit()).as(restored.err()).isZero();
            CommandResult audit = CommandResult.of("audit", "--config", there.toString());
            assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
            assertThat(audit.out()).contains("no longer provable: 0001-statements", "let go");
        }
    }

    @Test
    void bytesThatNobodyLetGoOnTheRecordAreMissed() throws IOException, SQLException {
        try (SimulatedSetup setup = closedMarchAndOpenApril(8)) {
            JsonNode gone = retained(setup, "statements");
            Path record = lake().resolve(gone.path("record").asString());
            byte[] bytes = Files.readAllBytes(record);
            Files.writeString(record, Files.readString(record).replace("old enough", "OLD enough"));
            assertThat(run(setup, 1, "audit").out())
                    .contains(gone.path("record").asString(), "the digest of the manifest");
            assertThat(run(setup, 1, "audit", "--period", "2026-03").out())
                    .contains(gone.path("record").asString(), "the digest of the manifest");
            Files.write(record, bytes);
            Path sums = record.resolveSibling("0001-statements.sha256");
            byte[] digest = Files.readAllBytes(sums);
            String said = Files.readString(sums);
            Files.writeString(sums, (said.startsWith("0") ? "1" : "0") + said.substring(1));
            for (List<String> audit : List.of(List.of("audit"), List.of("audit", "--period", "2026-03"))) {
                assertThat(run(setup, 1, audit.toArray(String[]::new)).out())
                        .contains("0001-statements.sha256", "the digest beside the manifest");
            }
            Files.write(sums, digest);
            Files.delete(record);
            assertThat(run(setup, 1, "audit").out()).contains("the manifest of the retention is missing");
            assertThat(verified(1)).contains("WRONG");
            Files.write(record, bytes);
            run(setup, 0, "audit");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM retention_record");
            }
            assertThat(run(setup, 1, "audit").out())
                    .as("the journal has it")
                    .contains("a row of the table retention_record was changed or taken away");
            assertThat(run(setup, 0, "audit", "--period", "2026-03", "--json")
                            .json()
                            .path("unfinished")
                            .toString())
                    .contains("0001-statements: a kill has cut it");
            Files.delete(record);
            assertThat(run(setup, 1, "audit").out()).contains("no retention has let it go");
        }
    }

    private void copy(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(folder.relativize(one).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void putBack(Path pristine) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!one.equals(folder)) {
                    Files.delete(one);
                }
            }
        }
        try (Stream<Path> all = Files.walk(pristine)) {
            for (Path one : all.toList()) {
                if (!one.equals(pristine)) {
                    Files.copy(one, folder.resolve(pristine.relativize(one).toString()));
                }
            }
        }
    }

    /// The power fails at each step towards the disk in turn; the same command again ends it, and nothing is lost.
    @Test
    @Tag("slow")
    void cutAtAnyStepItIsEndedByTheNext() throws IOException {
        try (SimulatedSetup setup = closedMarchAndOpenApril(8)) {
            String figures = answer(setup, FIGURES);
            Path pristine = elsewhere.resolve("pristine");
            copy(pristine);
            boolean cut = true;
            int steps = 0;
            for (int step = 1; cut; step++) {
                AtomicInteger left = new AtomicInteger(step);
                DiskListener disk = (what, file) -> {
                    if (left.decrementAndGet() <= 0) {
                        throw new IOException("the power has failed at " + what + " of " + file);
                    }
                };
                cut = retain(setup, disk, "statements").exit() != 0;
                steps = step;
                if (step % 5 == 0) {
                    run(setup, 0, "audit");
                }
                retained(setup, "statements");
                assertThat(answer(setup, FIGURES)).isEqualTo(figures);
                assertThat(answer(setup, "SELECT month(usage_start), raw IS NULL FROM sales ORDER BY 1"))
                        .endsWith("3,true\n4,false\n");
                assertThat(run(setup, 0, "audit").out())
                        .contains("no longer provable: 0001-statements")
                        .doesNotContain("not finished");
                putBack(pristine);
            }
            assertThat(steps).isGreaterThan(10);
        }
    }
}
