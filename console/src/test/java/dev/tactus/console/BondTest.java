package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ledger and a lake that do not belong together, or of which one is older than the other, are refused.
class BondTest {
    private static final String HEAD =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Path config;

    private int statements;

    @BeforeEach
    void settle() throws IOException {
        config = ConfiguredFolder.in(folder, URI.create("http://127.0.0.1:9"), ConfiguredFolder.CATALOG)
                .config();
    }

    private CommandResult run(int exit, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", config.toString()));
        CommandResult ended = CommandResult.of(all.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(exit);
        return ended;
    }

    private void imports(int exit, int quantity) throws IOException {
        statements++;
        Path file = folder.resolve("statement-" + statements + ".csv");
        Files.writeString(
                file,
                HEAD + "2026-1" + statements % 2 + "-15,2026-0" + statements + ",Spotify,Ada,One,GBNTT0565368,,"
                        + quantity + ",100,Song,US,0," + quantity + ".5\n");
        run(exit, "reports", "import", file.toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private static String ask(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }

    private static void change(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /// A lake gets its owner before the ledger notes it, and somebody may look, or a kill may come, between the two.
    @Test
    void whoReadsWhileTheTwoAreTiedIsNotRefused() throws IOException, SQLException {
        imports(0, 10);
        change(folder.resolve("ledger.db"), "UPDATE bond SET lake_id = NULL, lake_path = ''");
        assertThat(run(2, "runs", "list").err())
                .as("the lake has changed since")
                .contains("that was not noted");

        change(
                folder.resolve("lake/catalog.db"),
                "DELETE FROM iceberg_namespace_properties WHERE property_key = 'tactus.epoch'");
        run(0, "runs", "list");
    }

    @Test
    void aLedgerFromABackupBesideTodaysLakeIsRefused() throws IOException {
        imports(0, 10);
        Files.copy(folder.resolve("ledger.db"), folder.resolve("ledger.backup"));
        imports(0, 20);
        delete(folder.resolve("ledger.db"));
        Files.copy(folder.resolve("ledger.backup"), folder.resolve("ledger.db"));

        for (String command : List.of(
                "audit",
                "lake maintain",
                "lake show",
                "query SELECT",
                "runs list",
                "reports list",
                "dead-letters list",
                "dead-letters dismiss 1 --by Ada --reason none",
                "drift list",
                "drift accept 1",
                "limits list",
                "plan",
                "sync")) {
            assertThat(run(2, command.split(" ")).err())
                    .contains(folder.resolve("ledger.db") + " is older than the lake " + folder.resolve("lake"))
                    .containsPattern("[0-9]+ changes? in the ledger, [0-9]+ in the lake")
                    .contains("tactus ledger rebuild")
                    .doesNotContain("tactus restore");
        }
        imports(2, 30);
        assertThat(run(2, "check").out())
                .contains("NOT OK  ledger")
                .contains("NOT OK  lake")
                .contains("is older than");
    }

    @Test
    void aLakeWhoseLedgerIsGoneGetsNoEmptyOneInItsPlace() throws IOException {
        imports(0, 10);
        delete(folder.resolve("ledger.db"));

        imports(2, 20);
        assertThat(run(2, "sync").err()).contains("there is no ledger " + folder.resolve("ledger.db"));
        assertThat(run(2, "check").out()).contains("NOT OK  ledger").contains("tactus ledger rebuild");
        assertThat(folder.resolve("ledger.db")).doesNotExist();
        assertThat(run(0, "query", "SELECT count(*) FROM sales").out()).contains("1");
    }

    @Test
    void aLakeFromABackupBesideTodaysLedgerIsRefused() throws IOException {
        imports(0, 10);
        copy(folder.resolve("lake"), folder.resolve("lake.backup"));
        imports(0, 20);
        delete(folder.resolve("lake"));
        assertThat(run(2, "audit").err()).contains("there is none");
        copy(folder.resolve("lake.backup"), folder.resolve("lake"));

        assertThat(run(2, "audit").err())
                .contains("the lake " + folder.resolve("lake") + " is older than the ledger "
                        + folder.resolve("ledger.db"))
                .containsPattern("[0-9]+ changes? in the ledger, [0-9]+ in the lake")
                .contains("tactus restore DIR --replace")
                .doesNotContain("rebuild");
    }

    @Test
    void aSecondLedgerOnALakeIsRefusedAndDeletesNothing() throws IOException {
        imports(0, 10);
        Path first = folder.resolve("ledger.db");
        String before = Files.readString(config);
        Files.writeString(config, before.replace("./ledger.db", "./second.db").replace("./lake", "./other"));
        imports(0, 20);
        Files.writeString(config, before.replace("./ledger.db", "./second.db"));

        imports(2, 20);
        assertThat(run(2, "lake", "maintain").err())
                .contains("belongs to another ledger")
                .contains(first.toString())
                .contains(folder.resolve("second.db").toString());
    }

    @Test
    void aLakeFromBeforeIdsIsTakenOverByTheLedgerThatKnowsItAndByNoOther() throws IOException, SQLException {
        imports(0, 10);
        change(
                folder.resolve("lake/catalog.db"),
                "DELETE FROM iceberg_namespace_properties WHERE property_key LIKE 'tactus.%'");
        change(folder.resolve("ledger.db"), "UPDATE bond SET lake_id = NULL, epoch = 0");
        String before = Files.readString(config);
        Files.writeString(config, before.replace("./ledger.db", "./second.db"));
        imports(2, 20);
        Files.writeString(config, before);

        run(0, "lake", "maintain");
        imports(0, 30);
        assertThat(ask(folder.resolve("ledger.db"), "SELECT lake_id FROM bond")).isNotEmpty();
    }

    @Test
    void aChangeThatAKillKeptFromBeingCountedIsCounted() throws IOException, SQLException {
        imports(0, 10);
        String mark = ask(
                folder.resolve("lake/catalog.db"),
                "SELECT property_value FROM iceberg_namespace_properties WHERE property_key = 'tactus.mark'");
        String epoch = ask(folder.resolve("ledger.db"), "SELECT epoch FROM bond");
        change(folder.resolve("ledger.db"), "UPDATE bond SET epoch = epoch - 1, intended = '" + mark + "'");

        run(0, "lake", "maintain");
        assertThat(Long.parseLong(ask(folder.resolve("ledger.db"), "SELECT epoch FROM bond")))
                .isGreaterThanOrEqualTo(Long.parseLong(epoch));
        change(folder.resolve("ledger.db"), "UPDATE bond SET epoch = epoch - 1, intended = 'another'");
        run(2, "lake", "maintain");
    }
}
