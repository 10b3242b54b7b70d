package dev.tactus.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One connection to the ledger's file and its statements, each prepared once. Not thread-safe.
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final SqlFailures failures;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection, SqlFailures failures) {
        this.connection = connection;
        this.failures = failures;
    }

    /// Changes rows.
    ///
    /// @return how many
    long update(String sql, @Nullable Object... values) {
        try {
            return bound(sql, values).executeLargeUpdate();
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    <T> List<T> list(String sql, Function<Row, T> reader, @Nullable Object... values) {
        try (ResultSet results = bound(sql, values).executeQuery()) {
            Row row = new Row(results);
            List<T> rows = new ArrayList<>();
            while (results.next()) {
                rows.add(reader.apply(row));
            }
            return rows;
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    <T> Optional<T> first(String sql, Function<Row, T> reader, @Nullable Object... values) {
        try (ResultSet results = bound(sql, values).executeQuery()) {
            return results.next() ? Optional.of(reader.apply(new Row(results))) : Optional.empty();
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /// The single number that a query gives; it must name its column `n`.
    long number(String sql, @Nullable Object... values) {
        return first(sql, row -> row.number("n"), values).orElseThrow();
    }

    /// Runs statements that are not worth keeping.
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /// Takes the right to write, waiting for other processes at most as long as the connection's busy timeout.
    void begin() {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            rollback();
            throw failures.of(e);
        }
    }

    void commit() {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            rollback();
            throw failures.of(e);
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

    @Override
    public void close() {
        try {
            for (PreparedStatement statement : prepared.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(position, null);
            case Integer number -> statement.setLong(position, number);
            case Long number -> statement.setLong(position, number);
            case Boolean flag -> statement.setLong(position, flag ? 1 : 0);
            case String text -> statement.setString(position, text);
            case byte[] bytes -> statement.setBytes(position, bytes);
            case Instant instant -> statement.setLong(position, Micros.of(instant));
            case LocalDate day -> statement.setString(position, day.toString());
            default -> throw new IllegalArgumentException("the ledger keeps no " + value.getClass());
        }
    }
}
