package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.Machine;
import dev.tactus.database.TransactionListener;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The rehearsal of docs/backups.md for a ledger without a backup: it is made anew from the lake, row for row, and goes
/// on.
class LedgerRebuildTest {
    private static final String FAULTS = "recordings: [{fault: failing_territories, share: 20%, territories: 20%},"
            + " {fault: other_recording, share: 20%}]";
    private static final String TOLERANT = "tolerance: {dead_letters: 100%, awaiting_report: 100%}\n";
    private static final String HEAD =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    @TempDir
    private Path folder;

    private int statements;

    private static CommandResult run(SimulatedSetup setup, int exit, String... args) {
        CommandResult ended = setup.run(args);
        assertThat(ended.exit())
                .as(String.join(" ", args) + ": " + ended.out() + ended.err())
                .isEqualTo(exit);
        return ended;
    }

    private void imports(SimulatedSetup setup, int quantity) throws IOException {
        statements++;
        Path file = folder.resolve("statement-" + statements + ".csv");
        Files.writeString(
                file,
                HEAD + "2026-12-15,2026-0" + statements + ",Spotify,Ada,One,GBNTT0565368,," + quantity
                        + ",100,Song,US,0," + quantity + ".5\n");
        run(setup, 0, "reports", "import", file.toString());
    }

    private Map<String, List<String>> everything() throws SQLException {
        return LedgerContent.of(folder.resolve("ledger.db"));
    }

    private void loseTheLedger() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("ledger.db"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }

    @Test
    void aLostLedgerIsMadeAnewRowForRowAndGoesOn() throws IOException, SQLException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(40, FAULTS), TOLERANT)) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            imports(setup, 10);
            imports(setup, 20);
            run(setup, 0, "reports", "void", ask("SELECT id FROM report"), "--by", "Ada", "--reason", "sent twice");
            run(
                    setup,
                    0,
                    "dead-letters",
                    "dismiss",
                    ask("SELECT id FROM dead_letter"),
                    "--by",
                    "Ada",
                    "--reason",
                    "the service has \\withdrawn it");
            run(setup, 0, "close", "--period", "2026-03", "--by", "Ada", "--accept", "a rehearsal");
            Map<String, List<String>> before = everything();
            assertThat(before.get("dead_letter_dismissal")).hasSize(1);
            assertThat(before.get("period_record")).hasSize(1);
            assertThat(before.get("awaited")).isNotEmpty();
            String sums = run(
                            setup,
                            0,
                            "query",
                            "--format",
                            "csv",
                            "SELECT count(*), sum(stream_count) FROM daily_streams")
                    .out();
            loseTheLedger();
            assertThat(run(setup, 2, "reports", "void", "x", "--by", "Ada", "--reason", "none")
                            .err())
                    .contains("there is no ledger");

            CommandResult rebuilt = run(setup, 0, "ledger", "rebuild", "--json");

            assertThat(rebuilt.json().path("lost")).isEmpty();
            assertThat(rebuilt.json().path("settled")).isEmpty();
            assertThat(everything()).isEqualTo(before);
            run(setup, 0, "audit");
            assertThat(run(setup, 0, "audit", "--period", "2026-03").out()).contains("adds up");
            JsonNode again = CommandResult.of(setup.sync("--json")).json();
            assertThat(again.path("accounted").asBoolean()).isTrue();
            assertThat(run(
                                    setup,
                                    0,
                                    "query",
                                    "--format",
                                    "csv",
                                    "SELECT count(*), sum(stream_count) FROM daily_streams")
                            .out())
                    .isEqualTo(sums);
        }
    }

    @Test
    void anOlderAndAnEmptiedLedgerFollowTheLake() throws IOException, SQLException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(10, "limits: []"), "")) {
            imports(setup, 10);
            Files.copy(folder.resolve("ledger.db"), folder.resolve("old"));
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            Map<String, List<String>> before = everything();
            loseTheLedger();
            Files.copy(folder.resolve("old"), folder.resolve("ledger.db"));
            run(setup, 2, "audit");

            assertThat(run(setup, 0, "ledger", "rebuild").out()).contains("nothing is missing");
            assertThat(everything()).isEqualTo(before);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).anyMatch(file -> file.toString().contains("ledger.db.replaced-"));
            }

            loseTheLedger();
            Ledger.open(folder.resolve("ledger.db"), InstantSource.system()).close();
            run(setup, 2, "audit");
            run(setup, 0, "ledger", "rebuild");
            assertThat(everything()).isEqualTo(before);

            loseTheLedger();
            Files.writeString(folder.resolve("ledger.db"), "no database, but what a careless editor left of one");
            run(setup, 0, "ledger", "rebuild");
            assertThat(everything()).isEqualTo(before);
            run(setup, 0, "audit");
        }
    }

    /// The power fails right after the lake's commit: the ledger has not noted it, and then the ledger is lost too.
    @Test
    void whatTheLakeHasAndTheJournalHasNotYetIsNoted() throws IOException, SQLException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(10, "limits: []"), "")) {
            AtomicBoolean off = new AtomicBoolean();
            DiskListener disk = (step, file) -> {
                off.compareAndSet(
                        false,
                        step == DiskListener.DiskStep.COMMITTED
                                && file.endsWith("catalog.db")
                                && Files.exists(folder.resolve("lake/tactus/daily_streams/data")));
                if (off.get()) {
                    throw new IOException("the power has failed");
                }
            };
            Machine machine = new Machine(InstantSource.system(), disk, TransactionListener.none());
            assertThat(CommandResult.on(machine, setup.sync()).exit()).isNotZero();
            assertThat(off).isTrue();
            loseTheLedger();

            assertThat(run(setup, 0, "ledger", "rebuild").out())
                    .contains("settled: run ", "its last publication is in the lake");

            run(setup, 0, "audit");
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            setup.assertLakeIsComplete();
            run(setup, 0, "audit");
        }
    }

    @Test
    void aDamagedPartIsNamedAndTheRestIsRead() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(10, "limits: []"), "")) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            imports(setup, 10);
            for (String kind : List.of("items", "ids", "catalog", "book")) {
                Path part;
                try (Stream<Path> files = Files.list(folder.resolve("lake/journal"))) {
                    part = files.filter(file -> file.getFileName().toString().startsWith(kind))
                            .findFirst()
                            .orElseThrow();
                }
                byte[] bytes = Files.readAllBytes(part);
                byte[] damaged = bytes.clone();
                damaged[bytes.length / 2] ^= 16;
                Files.write(part, damaged);
                boolean needed = kind.equals("catalog") || kind.equals("book");
                Files.copy(folder.resolve("ledger.db"), folder.resolve("kept"));
                CommandResult rebuilt = run(setup, needed ? 1 : 0, "ledger", "rebuild");
                assertThat(rebuilt.out() + rebuilt.err())
                        .contains("journal")
                        .contains(part.getFileName().toString());
                Files.write(part, bytes);
                loseTheLedger();
                Files.move(folder.resolve("kept"), folder.resolve("ledger.db"));
                run(setup, 0, "lake", "maintain");
            }
        }
    }
}
