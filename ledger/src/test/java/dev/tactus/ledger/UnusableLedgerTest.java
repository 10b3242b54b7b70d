package dev.tactus.ledger;

import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.sqlite.Database;
import dev.tactus.sqlite.DatabaseHeader;
import dev.tactus.sqlite.DatabaseTooNew;
import dev.tactus.sqlite.DatabaseUnavailable;
import dev.tactus.sqlite.ForeignFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ledgers that can't be used: each is refused with what to do, and left as it is.
class UnusableLedgerTest {
    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    @Test
    void leavesALedgerOfANewerVersionUntouched() throws Exception {
        Path file = ledger();
        sql(file, "PRAGMA journal_mode = DELETE", "PRAGMA user_version = 999", "PRAGMA journal_mode = WAL");
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> Ledger.open(file, clock))
                .isInstanceOf(DatabaseTooNew.class)
                .hasMessageContaining("version 999")
                .hasMessageContaining("up to " + LedgerSchema.VERSION)
                .hasMessageContaining("use the newer Tactus");
        assertThatThrownBy(() -> Ledger.openForReading(file, clock)).isInstanceOf(DatabaseTooNew.class);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(names()).containsExactly("ledger.db");
    }

    @Test
    void noticesANewerVersionThatAKilledProcessLeftInTheLogOnly() throws Exception {
        Path file = ledger();
        Path crashed = Files.createDirectory(folder.resolve("crashed")).resolve("ledger.db");
        try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = newer.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 999");
            Files.copy(file, crashed);
            Files.copy(DatabaseHeader.wal(file), DatabaseHeader.wal(crashed));
        }
        byte[] before = Files.readAllBytes(crashed);
        assertThat(DatabaseHeader.inspect(LedgerSchema.LEDGER, crashed))
                .isEqualTo(new DatabaseHeader.Present(LedgerSchema.VERSION));

        assertThatThrownBy(() -> Ledger.open(crashed, clock)).isInstanceOf(DatabaseTooNew.class);

        assertThat(Files.readAllBytes(crashed)).isEqualTo(before);
    }

    @Test
    void refusesJunk() throws IOException {
        Path file = folder.resolve("ledger.db");
        byte[] junk = new byte[5_000];
        new Random(1).nextBytes(junk);
        Files.write(file, junk);

        assertThatThrownBy(() -> Ledger.open(file, clock))
                .isInstanceOf(ForeignFile.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("no SQLite database")
                .hasMessageContaining("Name another file");
        assertThat(file).hasBinaryContent(junk);
        assertThat(names()).containsExactly("ledger.db");
    }

    @Test
    void refusesAShortText() throws IOException {
        Path file = Files.writeString(folder.resolve("ledger.db"), "isrc\n");
        assertThatThrownBy(() -> Ledger.open(file, clock)).isInstanceOf(ForeignFile.class);
        assertThat(file).hasContent("isrc\n");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> Ledger.open(folder, clock))
                .isInstanceOf(ForeignFile.class)
                .hasMessageContaining("it is a folder");
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws Exception {
        Path file = folder.resolve("catalog.db");
        sql(file, "CREATE TABLE iceberg_tables (name TEXT)");
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> Ledger.open(file, clock))
                .isInstanceOf(ForeignFile.class)
                .hasMessageContaining("another program");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void saysWhatToDoWhenItsFolderCannotBeMade() throws IOException {
        Path blocking = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> Ledger.open(blocking.resolve("ledger.db"), clock))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("writable");
    }

    @Test
    void saysWhatToDoWhenTheFileCannotBeOpened() throws IOException {
        Path file = folder.resolve("ledger.db");
        // SQLite wants to create its journal where a folder stands in the way
        Files.createDirectory(folder.resolve("ledger.db-journal"));
        assertThatThrownBy(() -> Ledger.open(file, clock))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("writable");
    }

    @Test
    void keepsWhatWasCommittedWhenTheDiskIsFullAndGoesOnOnceThereIsRoom() {
        Path file = folder.resolve("ledger.db");
        try (Database database = Database.open(LedgerSchema.LEDGER, file)) {
            database.writing(
                    statements -> statements.update("INSERT INTO catalog (hash, recordings, at) VALUES ('a', 0, 0)"));
            database.pragma("max_page_count = 80");

            assertThatThrownBy(() -> database.writing(statements -> {
                        for (int i = 0; i < 10_000; i++) {
                            statements.update(
                                    "INSERT INTO catalog (hash, recordings, at) VALUES (?, 0, 0)", "x".repeat(500));
                        }
                    }))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("disk is full")
                    .hasMessageContaining("run the same command again");

            assertThat(catalogs(database)).isEqualTo(1);
            database.pragma("max_page_count = 1000000");
            database.writing(
                    statements -> statements.update("INSERT INTO catalog (hash, recordings, at) VALUES ('b', 0, 0)"));
            assertThat(catalogs(database)).isEqualTo(2);
        }
    }

    @Test
    void opensTheEmptyFileThatACrashWhileCreatingLeavesBehind() throws IOException {
        Path file = Files.createFile(folder.resolve("ledger.db"));
        assertThat(Ledger.openForReading(file, clock)).isEmpty();
        try (Ledger ledger = Ledger.open(file, clock)) {
            assertThat(ledger.runs().list()).isEmpty();
        }
    }

    private static long catalogs(Database database) {
        return database.read(statements -> statements.number("SELECT count(*) AS n FROM catalog"));
    }

    private Path ledger() {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = Ledger.open(file, clock)) {
            catalog(ledger, 10);
            run(ledger);
        }
        return file;
    }

    private static void sql(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
