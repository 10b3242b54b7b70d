package dev.tactus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.sqlite.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlSessionTest {
    @TempDir
    private Path folder;

    @Test
    void aStatementThatHasFailedWorksAgainOnceItsCauseIsGone() throws SQLException {
        Path file = folder.resolve("ledger.db");
        try (Database database = Database.open(LedgerSchema.LEDGER, file)) {
            add(database, "a");
            sql(file, "ALTER TABLE catalog RENAME TO away");
            assertThatThrownBy(() -> add(database, "b")).hasMessageContaining("no such table: catalog");
            assertThatThrownBy(() -> count(database)).hasMessageContaining("no such table: catalog");
            sql(file, "ALTER TABLE away RENAME TO catalog");
            add(database, "c");
            assertThat(count(database)).isEqualTo(2);
        }
    }

    private static void add(Database database, String hash) {
        database.writing(
                statements -> statements.update("INSERT INTO catalog (hash, recordings, at) VALUES (?, 0, 0)", hash));
    }

    private static long count(Database database) {
        return database.read(statements -> statements.number("SELECT count(*) AS n FROM catalog"));
    }

    private static void sql(Path file, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement run = connection.createStatement()) {
            run.executeUpdate(statement);
        }
    }
}
