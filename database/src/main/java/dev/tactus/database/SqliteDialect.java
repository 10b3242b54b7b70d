package dev.tactus.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A SQLite file.
final class SqliteDialect implements SqlDialect {
    private final DatabaseSchema schema;
    private final Path file;
    private final SchemaMigration versions;
    private final SqlExceptionTranslator failures;
    private final ConnectionFactory connections;

    SqliteDialect(DatabaseSchema schema, Path file) {
        this.schema = schema;
        this.file = file;
        this.versions = new SchemaMigration(schema, this, file);
        this.failures = new SqlExceptionTranslator(schema, file);
        this.connections = new ConnectionFactory(this, file);
    }

    @Override
    public DatabaseAddress address() {
        return DatabaseAddress.of(file);
    }

    @Override
    public String product() {
        return "SQLite";
    }

    @Override
    public String about() {
        return "";
    }

    @Override
    public RuntimeException failure(SQLException e) {
        return failures.of(e);
    }

    @Override
    public DatabaseUnavailable unavailable(IOException e) {
        return failures.disk(e);
    }

    @Override
    public DatabaseUnavailable misread(String table, RuntimeException e) {
        return failures.misread(table, e);
    }

    @Override
    public boolean check() {
        return versions.check();
    }

    @Override
    public void create() {
        versions.createFile();
    }

    @Override
    public SqlSession writer() {
        return connections.writer();
    }

    @Override
    public SqlSession reader() {
        return connections.reader();
    }

    @Override
    public void requireCurrent(SqlSession reader) {
        versions.requireCurrent(reader);
    }

    @Override
    public void bringUpToDate(Database database) {
        versions.bringUpToDate(database);
    }

    /// One process works on a file, whatever it does.
    @Override
    public DatabaseLock lock(DatabaseLock.Kind kind, String command, Instant since) {
        return DatabaseFileLock.take(schema, file, command, since);
    }

    @Override
    public boolean manyWrite() {
        return false;
    }

    @Override
    public String now() {
        return "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";
    }

    @Override
    public String startedAt() {
        return "0";
    }

    @Override
    public String session() {
        return "''";
    }

    @Override
    public String sessions() {
        return "SELECT ''";
    }

    @Override
    public String skipLocked() {
        return "";
    }

    @Override
    public List<String> faults(Database database) {
        return database
                .<List<String>>read(
                        session -> session.list("PRAGMA integrity_check", row -> row.text("integrity_check")))
                .stream()
                .filter(line -> !line.equals("ok"))
                .toList();
    }

    @Override
    public void requireSound(Database database, long mostBytes) {
        database.<Optional<String>>read(session -> bytes(session) > mostBytes
                        ? Optional.empty()
                        : session.first("PRAGMA quick_check(1)", row -> row.text("quick_check"))
                                .filter(line -> !line.equals("ok")))
                .ifPresent(fault -> {
                    throw failures.damaged(fault);
                });
    }

    private static long bytes(SqlSession session) {
        return session.number("SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size");
    }

    /// The driver begins each with BEGIN IMMEDIATE.
    @Override
    public void begun(SqlSession writer) {}

    @Override
    public List<String> tables(SqlSession session) {
        return session.list(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
                row -> row.text("name"));
    }

    @Override
    public List<TableColumn> columns(SqlSession session, String table) {
        return session.list(
                "SELECT name, type FROM pragma_table_info(?)",
                row -> new TableColumn(
                        row.text("name"),
                        switch (row.text("type")) {
                            case "INTEGER" -> TableColumn.Kind.WHOLE;
                            case "BLOB" -> TableColumn.Kind.BYTES;
                            default -> TableColumn.Kind.TEXT;
                        }),
                table);
    }

    @Override
    public String hex(String bytes) {
        return "hex(" + bytes + ")";
    }

    @Override
    public String unhex(String digits) {
        return "unhex(" + digits + ")";
    }

    @Override
    public void deferReferences(SqlSession session) {
        session.update("PRAGMA defer_foreign_keys = ON");
    }

    @Override
    public void eraseDeleted(SqlSession session) {
        session.first("PRAGMA secure_delete = ON", row -> true);
    }

    /// It counts on from the highest number by itself.
    @Override
    public void numberOn(SqlSession session, String table) {}

    @Override
    public String mark(SqlSession reader) {
        return "";
    }

    @Override
    public int fetchSize() {
        return 0;
    }

    @Override
    public String kept(String text) {
        return text;
    }

    @Override
    public String original(String kept) {
        return kept;
    }
}
