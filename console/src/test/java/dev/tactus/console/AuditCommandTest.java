package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.Machine;
import dev.tactus.database.TransactionListener;
import dev.tactus.lake.Lake;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskListener.DiskStep;
import dev.tactus.lake.publication.UsageMatchRow;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the commands audit and explain tell of a lake that a real run has filled.
class AuditCommandTest {
    private static final String FAULTS =
            "recordings: [{fault: failing_territories, share: 10%, territories: 20%}, {fault: other_recording, share:"
                    + " 5%}]";

    @TempDir
    private Path folder;

    @Test
    void looksFromBothSidesAndSaysWhatItLookedAt() throws IOException, SQLException {
        try (SimulatedSetup setup = SimulatedSetup.start(
                folder,
                SimulatedSetup.synthetic(30, FAULTS),
                "tolerance: {dead_letters: 100%, awaiting_report: 100%}\n")) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();

            CommandResult audit = setup.run("audit");
            assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
            assertThat(audit.out().lines().toList().getLast())
                    .startsWith("adds up; looked at: 1 ledger, ")
                    .contains("data files", "snapshots", "1 runs", "answers")
                    .containsPattern("[1-9][0-9,]* tracks' metadata derived anew")
                    .containsPattern("[1-9][0-9,]* counts of streams derived anew")
                    .containsPattern("[1-9][0-9,]* counts of listeners derived anew")
                    .containsPattern("[1-9][0-9,]* demographics derived anew");
            JsonNode json = setup.run("audit", "--json").json();
            assertThat(json.path("adds_up").asBoolean()).isTrue();
            assertThat(json.path("looked_at").asString()).contains("answers");

            CommandResult unknown = setup.run("audit", "--source", "nope");
            assertThat(unknown.exit()).isEqualTo(2);
            assertThat(unknown.err()).contains("--source nope: there is no such source; there are simulated");

            explains(setup);

            // the ledger loses its runs, and the lake keeps their rows
            ledger("PRAGMA foreign_keys = OFF", "UPDATE run SET id = 'lost'");
            CommandResult lost = setup.run("audit");
            assertThat(lost.exit()).isEqualTo(1);
            assertThat(lost.out()).contains("which the ledger does not know");
        }
    }

    @Tag("slow")
    @Test
    void findsOneBitInAnyFileOfATable() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(10, "limits: []"), "")) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            assertThat(setup.run("audit").out()).contains("metadata files").doesNotContain("never verified");
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder.resolve("lake/tactus"))) {
                files = all.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("version-hint.text"))
                        // of the tables that are empty one is enough
                        .filter(file -> !file.toString().matches(".*/tactus/(reconciled|adjustments|sales_rejects)/.*"))
                        .toList();
            }
            assertThat(files.stream().map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.endsWith(".parquet"))
                    .anyMatch(name -> name.startsWith("snap-"))
                    .anyMatch(name -> name.endsWith("-m0.avro"))
                    .anyMatch(name -> name.matches("v\\d+\\.metadata\\.json"))
                    .anyMatch(name -> name.matches("\\d+-.*\\.metadata\\.json"));
            for (Path file : files) {
                byte[] bytes = Files.readAllBytes(file);
                byte[] changed = bytes.clone();
                changed[changed.length / 3] ^= 1;
                Files.write(file, changed);
                CommandResult audit = setup.run("audit");
                assertThat(audit.exit())
                        .as(file + ": " + audit.out() + audit.err())
                        .isEqualTo(1);
                assertThat(audit.out())
                        .contains("does not add up")
                        .contains(
                                file.getFileName().toString().startsWith("v")
                                        ? "metadata.json"
                                        : file.getFileName().toString());
                Files.write(file, bytes);
            }
            assertThat(setup.run("audit").exit()).isZero();
        }
    }

    /// A run that was cut right before it became visible.
    private Machine cutBeforeTheCommit() {
        DiskListener disk = (step, file) -> {
            if (step == DiskStep.COMMIT_DUE && Files.exists(folder.resolve("lake/tactus/daily_streams/data"))) {
                throw new IOException("the power has failed");
            }
        };
        return new Machine(InstantSource.system(), disk, TransactionListener.none());
    }

    @Test
    void namesARunThatIsVisibleByHalf() throws IOException, SQLException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(5, "limits: []"), "")) {
            assertThat(CommandResult.on(cutBeforeTheCommit(), setup.sync()).exit())
                    .isNotZero();
            CommandResult whole = setup.run("audit");
            assertThat(whole.exit()).as(whole.out() + whole.err()).isZero();
            assertThat(whole.out()).contains("staged files");
            assertThat(whole.err()).contains("not finished: run ");
            String publication;
            try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), InstantSource.system())) {
                publication = ledger.publications().list().getFirst().id();
            }
            try (Lake lake = Lake.open(folder.resolve("lake"), LakeSettings.defaults())) {
                lake.replaceUsageMatches(publication, List.of(new UsageMatchRow("k", null, "Ada", Instant.EPOCH)));
            }
            ledger("UPDATE bond SET epoch = epoch + 1");

            CommandResult audit = setup.run("audit");

            assertThat(audit.exit()).as(audit.out() + audit.err()).isEqualTo(1);
            assertThat(audit.out())
                    .contains("it is published by half: its rows are visible in usage_matches, but not in");
        }
    }

    @Test
    void namesAStagedFileThatIsLostOrChanged() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(5, "limits: []"), "")) {
            assertThat(CommandResult.on(cutBeforeTheCommit(), setup.sync()).exit())
                    .isNotZero();
            Path staged;
            try (Stream<Path> all = Files.walk(folder.resolve("lake/staging"))) {
                staged = all.filter(Files::isRegularFile).findFirst().orElseThrow();
            }
            byte[] bytes = Files.readAllBytes(staged);
            byte[] changed = bytes.clone();
            changed[changed.length / 2] ^= 4;
            Files.write(staged, changed);
            assertThat(setup.run("audit").out())
                    .contains(
                            "which is not published",
                            staged.getFileName().toString(),
                            "was changed since it was sealed");
            Files.delete(staged);
            CommandResult audit = setup.run("audit");
            assertThat(audit.exit()).isEqualTo(1);
            assertThat(audit.out())
                    .contains(staged.getFileName().toString(), "is missing", "start a new run", "tactus runs abandon");

            assertThat(CommandResult.of(setup.sync("--new-run")).exit()).isZero();

            CommandResult after = setup.run("audit");
            assertThat(after.exit()).as(after.out() + after.err()).isZero();
        }
    }

    @Test
    void aQueryComparesDigestsFirstWhereItIsAsked() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(5, "limits: []"), "")) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            String sql = "SELECT count(*) FROM daily_streams";
            Path file;
            try (Stream<Path> all = Files.walk(folder.resolve("lake/tactus/daily_streams/data"))) {
                file = all.filter(Files::isRegularFile).findFirst().orElseThrow();
            }
            assertThat(setup.run("query", "--check", sql).exit()).isZero();
            byte[] bytes = Files.readAllBytes(file);
            // inside the pages: the footer alone answers a count
            bytes[8] ^= 4;
            Files.write(file, bytes);
            assertThat(setup.run("query", sql).exit()).isZero();

            CommandResult checked = setup.run("query", "--check", sql);

            assertThat(checked.exit()).isEqualTo(1);
            assertThat(checked.out()).isEmpty();
            assertThat(checked.err()).contains(file.getFileName().toString(), "was changed since it was written");
            assertThat(setup.run("query", "--check", "SELECT count(*) FROM tracks")
                            .exit())
                    .isZero();
        }
    }

    private static void explains(SimulatedSetup setup) {
        CommandResult early = setup.run("explain", "--period", "2026-03", "--isrc", "USUM72409273");
        assertThat(early.exit()).isEqualTo(2);
        assertThat(early.err()).contains("tactus reconcile --period 2026-03 comes first");
        assertThat(setup.run("reconcile", "--period", "2026-03", "--no-files").exit())
                .isZero();
        String isrc = setup.run("query", "--format", "csv", "SELECT min(isrc) FROM daily_streams")
                .out()
                .lines()
                .toList()
                .getLast();
        JsonNode explained = setup.run("explain", "--period", "2026-03", "--isrc", isrc, "--json")
                .json();
        assertThat(explained.path("cells")).isNotEmpty().allSatisfy(cell -> {
            assertThat(cell.path("adds_up").asBoolean()).isTrue();
            assertThat(cell.path("payloads")).allSatisfy(day -> {
                assertThat(day.path("request").asString()).startsWith("/v1/streams?ids=");
                assertThat(day.path("payload_sha256").asString()).hasSize(64);
            });
        });
        CommandResult people = setup.run("explain", "--period", "2026-03", "--isrc", isrc);
        assertThat(people.out()).contains(isrc, "payable (api, provisional)", "sha256 ", "it adds up");
    }

    private void ledger(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.executeUpdate(one);
            }
        }
    }
}
