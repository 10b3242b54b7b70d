package dev.tactus.lake.duckdb;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.table.LakeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBuilder;

/// A DuckDB in memory for one phase of work, bounded, spilling into a folder of its own inside the lake.
///
/// Closing it gives all its memory back. One thread at a time.
public final class DuckDb implements AutoCloseable {
    /// A value stands in memory about so often while it is read from one file and written to another.
    private static final long COPIES = 10;

    private final DuckDBConnection connection;
    private final LakeSettings settings;
    private final Path spill;

    private DuckDb(DuckDBConnection connection, LakeSettings settings, Path spill) {
        this.connection = connection;
        this.settings = settings;
        this.spill = spill;
    }

    public static DuckDb open(LakeSettings settings, Path temporary) {
        Path spill = temporary.resolve("duckdb-" + UUID.randomUUID());
        Properties properties = new Properties();
        properties.setProperty("memory_limit", settings.memoryMegabytes() + "MiB");
        properties.setProperty("threads", Integer.toString(settings.threads()));
        properties.setProperty("preserve_insertion_order", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("temp_directory", spill.toString());
        properties.setProperty("jdbc_stream_results", "true");
        try {
            Disk.createFolder(temporary, settings.permissions());
            DuckDb duck = new DuckDb(
                    (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties), settings, spill);
            duck.run("SET TimeZone = 'UTC'");
            return duck;
        } catch (SQLException e) {
            throw LakeFailures.of("DuckDB does not start", e);
        } catch (IOException e) {
            throw LakeFailures.of("the lake's temporary folder " + temporary + " can't be made", e);
        }
    }

    /// Another connection to the same database, for another thread; the database ends with its last connection.
    public DuckDb beside() {
        try {
            DuckDb beside = new DuckDb(connection.duplicate(), settings, spill);
            beside.run("SET TimeZone = 'UTC'");
            return beside;
        } catch (SQLException e) {
            throw LakeFailures.of("DuckDB gives no second connection", e);
        }
    }

    /// Takes one row of an answer.
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Prepares for values of that size: one thread, and more memory than the settings give only where the largest one
    /// would not get through otherwise. Zero is for what is usual.
    public void makeRoomFor(long largestBytes) {
        long megabytes = Math.max(settings.memoryMegabytes(), 64 + COPIES * (largestBytes >> 20));
        run("SET memory_limit = '" + megabytes + "MiB'");
        run("SET threads = " + (largestBytes == 0 ? settings.threads() : 1));
    }

    public DuckDBConnection connection() {
        return connection;
    }

    public void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw LakeFailures.of("the lake's data can't be read or written", e);
        }
    }

    /// Makes rows that stand in Java a table function of this database. DuckDB's driver keeps a note of each one made.
    public void tableFunction(String name, DuckDBTableFunction<?, ?, ?> rows) {
        try (DuckDBTableFunctionBuilder function = DuckDBFunctions.tableFunction()) {
            function.withName(name).withFunction(rows).register(connection);
        } catch (SQLException e) {
            throw LakeFailures.of("DuckDB does not take the rows", e);
        }
    }

    public <T> List<T> list(String sql, RowReader<T> reader) {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw LakeFailures.of("the lake's data can't be read or written", e);
        }
    }

    public <T> T one(String sql, RowReader<T> reader) {
        return list(sql, reader).getFirst();
    }

    public long number(String sql) {
        return one(sql, row -> row.getLong(1));
    }

    /// Fills a table of this database.
    @FunctionalInterface
    public interface RowAppender {
        void fill(DuckDBAppender appender) throws SQLException;
    }

    public void append(String table, RowAppender filling) {
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
            filling.fill(appender);
            appender.flush();
        } catch (SQLException e) {
            throw LakeFailures.of("rows can't be collected", e);
        }
    }

    /// A time as its columns hold it.
    public static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    @Override
    public void close() {
        try {
            connection.close();
            Disk.deleteTree(spill);
        } catch (SQLException e) {
            throw LakeFailures.of("DuckDB does not close", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
