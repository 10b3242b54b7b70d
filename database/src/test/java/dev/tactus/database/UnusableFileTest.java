package dev.tactus.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that can't be used: each is refused with what to do, and left as it is.
class UnusableFileTest {
    @TempDir
    private Path folder;

    @Test
    void leavesAFileOfANewerVersionUntouched() throws Exception {
        Path file = notebook();
        Notebook.sql(file, "PRAGMA journal_mode = DELETE", "PRAGMA user_version = 999", "PRAGMA journal_mode = WAL");
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> Notebook.open(file))
                .isInstanceOf(DatabaseTooNew.class)
                .hasMessageContaining("version 999")
                .hasMessageContaining("up to " + Notebook.SCHEMA.version())
                .hasMessageContaining("use the newer Tactus");
        assertThatThrownBy(() -> Database.openForReading(Notebook.SCHEMA, file)).isInstanceOf(DatabaseTooNew.class);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(names()).containsExactly("notebook.db");
    }

    @Test
    void noticesANewerVersionThatAKilledProcessLeftInTheLogOnly() throws Exception {
        Path file = notebook();
        Path crashed = Files.createDirectory(folder.resolve("crashed")).resolve("notebook.db");
        try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = newer.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 999");
            Files.copy(file, crashed);
            Files.copy(DatabaseHeader.wal(file), DatabaseHeader.wal(crashed));
        }
        byte[] before = Files.readAllBytes(crashed);
        assertThat(DatabaseHeader.inspect(Notebook.SCHEMA, crashed))
                .isEqualTo(new DatabaseHeader.Present(Notebook.SCHEMA.version()));

        assertThatThrownBy(() -> Notebook.open(crashed)).isInstanceOf(DatabaseTooNew.class);

        assertThat(Files.readAllBytes(crashed)).isEqualTo(before);
    }

    @Test
    void refusesJunk() throws IOException {
        Path file = folder.resolve("notebook.db");
        byte[] junk = new byte[5_000];
        new Random(1).nextBytes(junk);
        Files.write(file, junk);

        assertThatThrownBy(() -> Notebook.open(file))
                .isInstanceOf(ForeignFile.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a SQLite database")
                .hasMessageContaining("Name another file");
        assertThat(file).hasBinaryContent(junk);
        assertThat(names()).containsExactly("notebook.db");
    }

    @Test
    void refusesAShortText() throws IOException {
        Path file = Files.writeString(folder.resolve("notebook.db"), "isrc\n");
        assertThatThrownBy(() -> Notebook.open(file)).isInstanceOf(ForeignFile.class);
        assertThat(file).hasContent("isrc\n");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> Notebook.open(folder))
                .isInstanceOf(ForeignFile.class)
                .hasMessageContaining("it is a folder");
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws Exception {
        Path file = folder.resolve("catalog.db");
        Notebook.sql(file, "CREATE TABLE iceberg_tables (name TEXT)");
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> Notebook.open(file))
                .isInstanceOf(ForeignFile.class)
                .hasMessageContaining("another program");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void saysWhatToDoWhenItsFolderCannotBeMade() throws IOException {
        Path blocking = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> Notebook.open(blocking.resolve("notebook.db")))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining(blocking + " is no folder")
                .hasMessageContaining("writable")
                .hasMessageNotContaining("Exception");
    }

    /// Nothing reads them, and SQLite opens the file; a file that is larger than asked is not looked at.
    @Test
    void refusesDamagedPagesThatNothingHasRead() throws Exception {
        Path file = notebook();
        Notebook.sql(file, "PRAGMA journal_mode = DELETE");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4096, 8192, (byte) 0x5a);
        Files.write(file, bytes);

        try (Database database = Notebook.open(file)) {
            assertThatCode(() -> database.requireSound(bytes.length - 1L)).doesNotThrowAnyException();
            assertThatThrownBy(() -> database.requireSound(bytes.length))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("notebook " + file + " is damaged. " + Notebook.SCHEMA.damaged())
                    .hasMessageContaining("Nothing was touched");
        }
    }

    @Test
    void saysWhatToDoWhenTheFileCannotBeOpened() throws IOException {
        Path file = folder.resolve("notebook.db");
        // SQLite wants to create its journal where a folder stands in the way
        Files.createDirectory(folder.resolve("notebook.db-journal"));
        assertThatThrownBy(() -> Notebook.open(file))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("writable");
    }

    @Test
    void keepsWhatWasCommittedWhenTheDiskIsFullAndGoesOnOnceThereIsRoom() {
        Path file = folder.resolve("notebook.db");
        try (Database database = Notebook.open(file)) {
            Notebook.write(database, "a");
            database.pragma("max_page_count = 80");

            assertThatThrownBy(() -> database.writing(session -> {
                        for (int i = 0; i < 10_000; i++) {
                            session.update("INSERT INTO line (text) VALUES (?)", "x".repeat(500));
                        }
                    }))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("disk is full")
                    .hasMessageContaining("run the same command again");

            assertThat(Notebook.lines(database)).containsExactly("a");
            database.pragma("max_page_count = 1000000");
            Notebook.write(database, "b");
            assertThat(Notebook.lines(database)).containsExactly("a", "b");
        }
    }

    @Test
    void opensTheEmptyFileThatACrashWhileCreatingLeavesBehind() throws IOException {
        Path file = Files.createFile(folder.resolve("notebook.db"));
        assertThat(Database.openForReading(Notebook.SCHEMA, file)).isEmpty();
        try (Database database = Notebook.open(file)) {
            assertThat(Notebook.lines(database)).isEmpty();
        }
    }

    private Path notebook() {
        Path file = folder.resolve("notebook.db");
        try (Database database = Notebook.open(file)) {
            Notebook.write(database, "a");
        }
        return file;
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
