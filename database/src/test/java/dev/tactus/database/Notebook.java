package dev.tactus.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// A small kind of database, for the tests: lines in the order they were written.
final class Notebook {
    static final DatabaseSchema SCHEMA = new DatabaseSchema(
            "notebook",
            "notebook:",
            "then run the same command again",
            "Restore it from a backup",
            0x4e6f7465,
            List.of("PRAGMA application_id = 0x4e6f7465; CREATE TABLE line (number INTEGER PRIMARY KEY, text TEXT)"));

    private Notebook() {}

    static Database open(Path file) {
        return Database.open(SCHEMA, file);
    }

    static void write(Database database, String line) {
        database.writing(session -> session.update("INSERT INTO line (text) VALUES (?)", line));
    }

    static List<String> lines(Database database) {
        return database.read(session -> session.list("SELECT text FROM line ORDER BY number", row -> row.text("text")));
    }

    /// Works on the file as another program would.
    static void sql(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
