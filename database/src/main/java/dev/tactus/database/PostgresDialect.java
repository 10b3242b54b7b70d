package dev.tactus.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// A schema of a PostgreSQL database, version 15 or later.
///
/// Writers go one after another, as in a SQLite file: each transaction of one first takes an advisory lock of the
/// schema, and then sees all that was committed before. Readers see one moment (REPEATABLE READ) and wait for nobody.
final class PostgresDialect implements SqlDialect {
    /// Classes of advisory locks, the schema's number beside each: "Tact" and the number after it.
    private static final int WRITERS_LOCK = 0x54616374;

    static final int PROCESS_LOCK = 0x54616375;
    static final int WORK_LOCK = 0x54616376;

    private static final int OLDEST = 15;
    private static final int FETCHED_ROWS = 2_000;
    private static final char ESCAPE = '\uE000';

    /// A commit is on the server's disk when it returns, whatever the server was told for others; a client that is gone
    /// is noticed within two minutes.
    private static final String SETTINGS = """
        SET synchronous_commit = on;
        SET standard_conforming_strings = on;
        SET tcp_keepalives_idle = 60;
        SET tcp_keepalives_interval = 10;
        SET tcp_keepalives_count = 6;
        """;

    private static final String WAIT_TO_WRITE =
            "SELECT 1 AS n FROM (SELECT pg_advisory_xact_lock(CAST(? AS integer), CAST(? AS integer))) AS waited";
    private static final String SCHEMA_KEY =
            "SELECT CAST(CAST(CAST(quote_ident(current_schema()) AS regnamespace) AS oid) AS bigint) AS n";

    private static final String ABOUT = """
        SELECT current_setting('server_version') AS version, current_schema() AS schema, current_user AS person,
          CASE WHEN has_schema_privilege(current_schema(), 'CREATE') THEN 1 ELSE 0 END AS creates
        """;
    private static final String MAY_WRITE = """
        SELECT count(*) AS n FROM pg_class
        WHERE relnamespace = CAST(quote_ident(current_schema()) AS regnamespace) AND relkind = 'r'
          AND NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
            AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))
        """;

    private final DatabaseSchema schema;
    private final DatabaseAddress.PostgresUrl url;
    private final PostgresErrors errors;
    private final PostgresSchema tables;
    private volatile int schemaKey;

    /// the number that this process holds the lock by
    private volatile DatabaseServerLock.Held held = DatabaseServerLock.Held.NOTHING;

    PostgresDialect(DatabaseSchema schema, DatabaseAddress.PostgresUrl url) {
        this.schema = schema;
        this.url = url;
        this.errors = new PostgresErrors(schema, url);
        this.tables = new PostgresSchema(schema, url);
    }

    @Override
    public DatabaseAddress address() {
        return url;
    }

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public String about() {
        try (SqlSession reader = reader()) {
            About found = reader.first(ABOUT, About::of).orElseThrow();
            boolean there = tables.version(reader).isPresent();
            if (!there && !found.creates()) {
                throw new DatabaseUnavailable(schema.name() + " " + url + ": the user " + found.user()
                        + " may make no tables in the schema " + found.schema()
                        + ". GRANT CREATE, USAGE ON SCHEMA " + found.schema() + " TO " + found.user()
                        + ", or make a schema of its own.");
            }
            if (there && reader.number(MAY_WRITE) > 0) {
                throw new DatabaseUnavailable(schema.name() + " " + url + ": the user " + found.user()
                        + " may not change all tables of the schema " + found.schema()
                        + ". Make it their owner, or GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "
                        + found.schema() + " TO " + found.user() + ".");
            }
            return " (PostgreSQL " + found.version() + ", schema " + found.schema() + ", user " + found.user() + ")";
        }
    }

    private record About(String version, String schema, String user, boolean creates) {
        static About of(Row row) {
            return new About(
                    row.text("version").split(" ", 2)[0],
                    row.text("schema"),
                    row.text("person"),
                    row.number("creates") == 1);
        }
    }

    @Override
    public RuntimeException failure(SQLException e) {
        return errors.of(e);
    }

    @Override
    public DatabaseUnavailable unavailable(IOException e) {
        return errors.unavailable(e, "can't be written");
    }

    @Override
    public DatabaseUnavailable misread(String table, RuntimeException e) {
        return errors.unavailable(SqlExceptionTranslator.said(e), SqlExceptionTranslator.misread(table));
    }

    @Override
    public boolean check() {
        try (SqlSession reader = reader()) {
            return tables.version(reader).isPresent();
        }
    }

    /// The database has to be there; its tables are made when they are brought up to date.
    @Override
    public void create() {}

    @Override
    public SqlSession writer() {
        return open(false);
    }

    @Override
    public SqlSession reader() {
        return open(true);
    }

    private SqlSession open(boolean reading) {
        if (DriverManager.drivers().noneMatch(PostgresDialect::isOurs)) {
            throw new DatabaseUnavailable(schema.name() + " " + url
                    + " needs the driver of PostgreSQL, which the add-on postgresql brings. ./tactus and bin/tactus add"
                    + " it where the configuration asks for it; started otherwise, org.postgresql:postgresql has to be"
                    + " on the class path.");
        }
        Properties properties = new Properties();
        url.user().ifPresent(user -> properties.setProperty("user", user));
        url.password().ifPresent(password -> properties.setProperty("password", password));
        if (!url.url().contains("ApplicationName=")) {
            properties.setProperty("ApplicationName", "tactus");
        }
        properties.setProperty("tcpKeepAlive", "true");
        try {
            Connection connection = DriverManager.getConnection(url.url(), properties);
            boolean opened = false;
            try {
                SqlSession session = prepared(connection, reading);
                opened = true;
                return session;
            } finally {
                if (!opened) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw errors.ofOpening(e);
        }
    }

    private SqlSession prepared(Connection connection, boolean reading) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw new DatabaseUnavailable(schema.name() + " " + url + " is on PostgreSQL " + version
                    + "; it needs version " + OLDEST + " or later.");
        }
        SqlSession session = new SqlSession(connection, this);
        session.execute(SETTINGS);
        if (reading) {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        } else {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            session.execute("SET lock_timeout = '30s'");
        }
        if (schemaKey == 0) {
            requireUtf8(session);
            schemaKey = (int) session.first(SCHEMA_KEY, row -> row.optionalNumber("n"))
                    .flatMap(number -> number)
                    .orElseThrow(() -> new DatabaseUnavailable(schema.name() + " " + url
                            + " has no schema to live in: the first of the user's search_path is taken that exists and"
                            + " that the user may use. Make one (CREATE SCHEMA; GRANT USAGE), or name one by"
                            + " ?currentSchema=… in the address."))
                    .longValue();
        }
        return session;
    }

    private void requireUtf8(SqlSession session) {
        String encoding = session.first(
                        "SELECT current_setting('server_encoding') AS encoding", row -> row.text("encoding"))
                .orElseThrow();
        if (!encoding.equals("UTF8")) {
            throw new DatabaseUnavailable(schema.name() + " " + url + " is in a database of encoding " + encoding
                    + "; it needs one that keeps every text (createdb --encoding UTF8 --template template0).");
        }
    }

    /// By its name: asked whether it accepts an address, it also says no to one that can't be read.
    private static boolean isOurs(Driver driver) {
        return driver.getClass().getName().startsWith("org.postgresql.");
    }

    int schemaKey() {
        return schemaKey;
    }

    /// This process has the lock by this number.
    void holds(DatabaseServerLock.Held number) {
        held = number;
    }

    /// Whoever has been given the lock after this process has read what this one committed, so nothing may follow.
    @Override
    public void begun(SqlSession writer) {
        waitToWrite(writer);
        DatabaseServerLock.Held mine = held;
        if (mine.number() != 0 && mine.last(writer) != mine.number()) {
            throw new DatabaseUnavailable(schema.name() + " " + url
                    + " was given to another process: the connection that held its lock was cut, or this process stood"
                    + " still. What was committed is kept; " + schema.again() + ".");
        }
    }

    void waitToWrite(SqlSession writer) {
        writer.number(WAIT_TO_WRITE, WRITERS_LOCK, schemaKey);
    }

    @Override
    public void requireCurrent(SqlSession reader) {
        long version = tables.version(reader).orElseThrow();
        if (version < schema.version()) {
            throw new DatabaseUnavailable(schema.name() + " " + url + " has version " + version
                    + ", this program reads version " + schema.version()
                    + ". The next command that writes to it brings it up to date; nothing was touched.");
        }
    }

    @Override
    public void bringUpToDate(Database database) {
        boolean current = database.<Boolean>read(reader -> tables.version(reader)
                .filter(version -> version == schema.version())
                .isPresent());
        if (!current) {
            database.writing(tables::bringUpToDate);
        }
    }

    @Override
    public DatabaseLock lock(DatabaseLock.Kind kind, String command, Instant since) {
        return DatabaseServerLock.take(this, schema, kind, DatabaseLock.Holder.self(command, since));
    }

    @Override
    public boolean manyWrite() {
        return true;
    }

    @Override
    public String now() {
        return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)";
    }

    @Override
    public String startedAt() {
        return "CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000000 AS bigint)";
    }

    @Override
    public String session() {
        return "(SELECT pid || ' ' || backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())";
    }

    @Override
    public String sessions() {
        return "SELECT pid || ' ' || backend_start FROM pg_stat_activity WHERE backend_start IS NOT NULL";
    }

    @Override
    public String skipLocked() {
        return "FOR UPDATE SKIP LOCKED";
    }

    /// Reads every row, so that a damaged page shows, and asks for indexes and references that were never finished.
    @Override
    public List<String> faults(Database database) {
        return database.read(session -> {
            for (String table : tables(session)) {
                session.number("SELECT coalesce(sum(length(CAST(t AS TEXT))), 0) AS n FROM " + table + " t");
            }
            List<String> faults = new ArrayList<>(session.list(
                    "SELECT CAST(indexrelid AS regclass) AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
                            + " WHERE c.relnamespace = CAST(quote_ident(current_schema()) AS regnamespace) AND NOT"
                            + " i.indisvalid",
                    row -> "the index " + row.text("name") + " is not valid"));
            faults.addAll(session.list(
                    "SELECT conname AS name FROM pg_constraint WHERE connamespace = CAST(quote_ident(current_schema())"
                            + " AS regnamespace) AND NOT convalidated",
                    row -> "the reference " + row.text("name") + " is not validated"));
            return faults;
        });
    }

    /// A server looks after its pages itself (`data_checksums`).
    @Override
    public void requireSound(Database database, long mostBytes) {}

    @Override
    public List<String> tables(SqlSession session) {
        return session.list(
                "SELECT relname AS name FROM pg_class WHERE relnamespace = CAST(quote_ident(current_schema()) AS"
                        + " regnamespace) AND relkind = 'r' AND relname NOT IN ('database_version', 'database_lock') ORDER"
                        + " BY relname",
                row -> row.text("name"));
    }

    /// All but `rowid`, which SQLite's tables have without naming it.
    @Override
    public List<TableColumn> columns(SqlSession session, String table) {
        return session.list(
                "SELECT attname AS name, CAST(atttypid AS regtype) AS type FROM pg_attribute"
                        + " WHERE attrelid = to_regclass(quote_ident(current_schema()) || '.' || ?) AND attnum > 0"
                        + " AND NOT attisdropped AND attname <> 'rowid' ORDER BY attnum",
                row -> new TableColumn(
                        row.text("name"),
                        switch (row.text("type")) {
                            case "bigint" -> TableColumn.Kind.WHOLE;
                            case "bytea" -> TableColumn.Kind.BYTES;
                            default -> TableColumn.Kind.TEXT;
                        }),
                table);
    }

    @Override
    public String hex(String bytes) {
        return "upper(encode(" + bytes + ", 'hex'))";
    }

    @Override
    public String unhex(String digits) {
        return "decode(" + digits + ", 'hex')";
    }

    @Override
    public void deferReferences(SqlSession session) {
        session.update("SET CONSTRAINTS ALL DEFERRED");
    }

    /// The server lets bytes go when it vacuums, which is its business.
    @Override
    public void eraseDeleted(SqlSession session) {}

    @Override
    public void numberOn(SqlSession session, String table) {
        for (TableColumn column : columns(session, table)) {
            session.first(
                            "SELECT pg_get_serial_sequence(?, ?) AS name",
                            row -> row.optionalText("name"),
                            table,
                            column.name())
                    .flatMap(name -> name)
                    .ifPresent(sequence -> session.number(
                            "SELECT setval(CAST(? AS regclass), (SELECT coalesce(max(" + column.name() + "), 0) FROM "
                                    + table + ") + 1, false) AS n",
                            sequence));
        }
    }

    /// What the server's log has come to; others who write to the same server move it as well.
    @Override
    public String mark(SqlSession reader) {
        return reader.first("SELECT CAST(pg_current_wal_insert_lsn() AS TEXT) AS mark", row -> row.text("mark"))
                .orElseThrow();
    }

    @Override
    public int fetchSize() {
        return FETCHED_ROWS;
    }

    /// PostgreSQL keeps no U+0000, which services do send.
    @Override
    public String kept(String text) {
        if (text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
            return text;
        }
        return text.replace(String.valueOf(ESCAPE), ESCAPE + "1").replace("\0", ESCAPE + "0");
    }

    @Override
    public String original(String kept) {
        if (kept.indexOf(ESCAPE) < 0) {
            return kept;
        }
        return kept.replace(ESCAPE + "0", "\0").replace(ESCAPE + "1", String.valueOf(ESCAPE));
    }
}
