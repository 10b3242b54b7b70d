package dev.tactus.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One connection to a database and its statements, each prepared once. Not thread-safe.
public final class SqlSession implements AutoCloseable {
    private static final Pattern FROM = Pattern.compile("\\bFROM\\s+(\\w+)");
    private static final Pattern CHANGED = Pattern.compile("\\b(?:INSERT\\s+INTO|UPDATE|DELETE\\s+FROM)\\s+(\\w+)");

    private final Connection connection;
    private final SqlDialect dialect;
    private final Map<String, Prepared> prepared = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    SqlSession(Connection connection, SqlDialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /// Changes rows.
    ///
    /// @return how many
    public long update(String sql, @Nullable Object... values) {
        try {
            Prepared change = bound(sql, values);
            long rows = change.statement().executeLargeUpdate();
            if (rows > 0) {
                changed.add(change.changes());
            }
            return rows;
        } catch (SQLException e) {
            forget(sql);
            throw dialect.failure(e);
        }
    }

    public <T> List<T> list(String sql, Function<Row, T> reader, @Nullable Object... values) {
        List<T> rows = new ArrayList<>();
        query(sql, bound(sql, values), reader, rows, Integer.MAX_VALUE);
        return rows;
    }

    public <T> Optional<T> first(String sql, Function<Row, T> reader, @Nullable Object... values) {
        List<T> rows = new ArrayList<>(1);
        query(sql, bound(sql, values), reader, rows, 1);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /// Reads row by row and keeps none of them.
    public void each(String sql, Consumer<Row> reader, @Nullable Object... values) {
        Prepared query = bound(sql, values);
        try (ResultSet results = query.statement().executeQuery()) {
            Row row = new Row(results, query.columns(), dialect);
            while (results.next()) {
                reader.accept(row);
            }
        } catch (SQLException e) {
            forget(sql);
            throw dialect.failure(e);
        }
    }

    /// The single number that a query gives; it must name its column `n`.
    public long number(String sql, @Nullable Object... values) {
        return first(sql, row -> row.number("n"), values).orElseThrow();
    }

    /// Runs statements that are not worth keeping.
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw dialect.failure(e);
        }
    }

    /// The tables of the schema, by name.
    public List<String> tables() {
        return dialect.tables(this);
    }

    /// The columns of a table, in their order.
    public List<TableColumn> columns(String table) {
        return dialect.columns(this, table);
    }

    /// An expression for the hex digits, in upper case, of bytes.
    public String hex(String bytes) {
        return dialect.hex(bytes);
    }

    /// An expression for the bytes that hex digits stand for.
    public String unhex(String digits) {
        return dialect.unhex(digits);
    }

    /// An expression for the database's own clock, in microseconds since 1970, as [Row#instant] reads it.
    public String now() {
        return dialect.now();
    }

    /// An expression for the moment since which the server runs, likewise.
    public String startedAt() {
        return dialect.startedAt();
    }

    /// An expression that names this connection among all.
    public String session() {
        return dialect.session();
    }

    /// A query for the names of all connections.
    public String sessions() {
        return dialect.sessions();
    }

    /// What stands behind a SELECT of rows that nobody else shall take: others pass them over.
    public String skipLocked() {
        return dialect.skipLocked();
    }

    /// Lets references be checked at the end of this transaction.
    public void deferReferences() {
        dialect.deferReferences(this);
    }

    /// Lets nothing stay of what this transaction deletes, as far as the database can promise that.
    public void eraseDeleted() {
        dialect.eraseDeleted(this);
    }

    /// After rows were written with numbers of their own: new rows get higher ones.
    public void numberOn(String table) {
        dialect.numberOn(this, table);
    }

    /// Tells a server what this connection is for.
    void name(String purpose) {
        first("SELECT set_config('application_name', ?, false) AS name", _ -> true, purpose);
    }

    /// The tables whose rows were changed since the transaction began.
    Set<String> changed() {
        return Set.copyOf(changed);
    }

    /// Begins a transaction. That of a writer takes the right to write, waiting for other processes at most as long as
    /// the connection's busy timeout.
    void begin() {
        changed.clear();
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            rollback();
            throw dialect.failure(e);
        }
    }

    void commit() {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            rollback();
            throw dialect.failure(e);
        }
    }

    /// Undoes what was written since `begin`. SQLite may have done so by itself, as it does on a full disk, and then
    /// refuses.
    void rollback() {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("ROLLBACK");
        } catch (SQLException ignored) {
            // nothing was open any more
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException ignored) {
            // there was nothing to commit, but the connection has left its transaction mode
        }
    }

    /// Whether the server has ended it; nothing can be done with it then but closing it.
    boolean isBroken() {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            for (Prepared query : prepared.values()) {
                query.statement().close();
            }
            connection.close();
        } catch (SQLException e) {
            throw dialect.failure(e);
        }
    }

    private <T> void query(String sql, Prepared query, Function<Row, T> reader, List<T> rows, int limit) {
        try (ResultSet results = query.statement().executeQuery()) {
            Row row = new Row(results, query.columns(), dialect);
            while (rows.size() < limit && results.next()) {
                rows.add(read(sql, reader, row));
            }
        } catch (SQLException e) {
            forget(sql);
            throw dialect.failure(e);
        }
    }

    /// What stands in a row that this program would never have written there is damage, and told as such.
    private <T> T read(String sql, Function<Row, T> reader, Row row) {
        try {
            return reader.apply(row);
        } catch (IllegalStateException
                | IllegalArgumentException
                | DateTimeException
                | ArithmeticException
                | NoSuchElementException
                | IndexOutOfBoundsException e) {
            Matcher from = FROM.matcher(sql);
            throw dialect.misread(from.find() ? from.group(1) : sql.strip(), e);
        }
    }

    private Prepared bound(String sql, @Nullable Object... values) {
        try {
            Prepared query = prepared.get(sql);
            if (query == null) {
                Matcher table = CHANGED.matcher(sql);
                query = new Prepared(
                        connection.prepareStatement(sql), new HashMap<>(), table.find() ? table.group(1) : "");
                query.statement().setFetchSize(dialect.fetchSize());
                prepared.put(sql, query);
            }
            for (int i = 0; i < values.length; i++) {
                bind(query.statement(), i + 1, values[i]);
            }
            return query;
        } catch (SQLException e) {
            forget(sql);
            throw dialect.failure(e);
        }
    }

    /// The driver closes a statement that failed in some ways, so that it would fail for ever.
    private void forget(String sql) {
        Prepared failed = prepared.remove(sql);
        if (failed != null) {
            try {
                failed.statement().close();
            } catch (SQLException ignored) {
                // it is of no use any more, and why has been told
            }
        }
    }

    private void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(position, null);
            case Integer number -> statement.setLong(position, number);
            case Long number -> statement.setLong(position, number);
            case Boolean flag -> statement.setLong(position, flag ? 1 : 0);
            case String text -> statement.setString(position, dialect.kept(text));
            case byte[] bytes -> statement.setBytes(position, bytes);
            case Instant instant -> statement.setLong(position, Row.micros(instant));
            case LocalDate day -> statement.setString(position, day.toString());
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    /// @param changes the table whose rows it changes; empty where it changes none
    private record Prepared(PreparedStatement statement, Map<String, Integer> columns, String changes) {}
}
