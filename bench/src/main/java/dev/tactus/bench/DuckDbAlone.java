package dev.tactus.bench;

import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.simulator.catalog.DailyListeners;
import dev.tactus.simulator.catalog.SyntheticCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The rows that a sync lands, appended to DuckDB and copied to Parquet by it: no HTTP, no JSON, no checks, no ledger,
/// no commit, no forcing to disk. What is left is the cost that no pipeline on DuckDB can go below.
final class DuckDbAlone {
    private static final String SOURCE = "spotify";

    private DuckDbAlone() {}

    /// Arguments: recordings, seed, day, folder to write to, memory limit as DuckDB takes it.
    public static void main(String[] arguments) throws SQLException, IOException {
        SyntheticCatalog catalog = new SyntheticCatalog(Long.parseLong(arguments[1]), Long.parseLong(arguments[0]));
        LocalDate day = LocalDate.parse(arguments[2]);
        Path folder = Files.createDirectories(Path.of(arguments[3]));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("rows.duckdb"));
                Statement sql = connection.createStatement()) {
            sql.execute("SET memory_limit='" + arguments[4] + "'; SET threads=2; SET preserve_insertion_order=false");
            sql.execute("CREATE TABLE daily_streams(source VARCHAR, isrc VARCHAR, track_id VARCHAR, territory VARCHAR,"
                    + " day DATE, stream_count BIGINT)");
            sql.execute("CREATE TABLE daily_listeners(source VARCHAR, isrc VARCHAR, track_id VARCHAR,"
                    + " territory VARCHAR, day DATE, listener_count BIGINT)");
            sql.execute("CREATE TABLE listener_demographics(source VARCHAR, isrc VARCHAR, track_id VARCHAR,"
                    + " territory VARCHAR, day DATE, age VARCHAR, gender VARCHAR, listener_count BIGINT)");
            append(connection.unwrap(DuckDBConnection.class), catalog, day);
            for (String table : List.of("daily_streams", "daily_listeners", "listener_demographics")) {
                sql.execute("COPY " + table + " TO '" + folder.resolve(table)
                        + "' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (source, day), OVERWRITE_OR_IGNORE)");
            }
        }
    }

    private static void append(DuckDBConnection connection, SyntheticCatalog catalog, LocalDate day)
            throws SQLException {
        try (DuckDBAppender streams = connection.createAppender("daily_streams");
                DuckDBAppender listeners = connection.createAppender("daily_listeners");
                DuckDBAppender demographics = connection.createAppender("listener_demographics")) {
            for (long index = 0; index < catalog.recordings(); index++) {
                for (Track track : catalog.tracksOf(catalog.isrc(index))) {
                    for (StreamCount count : catalog.streams(track.id(), day)) {
                        begin(streams, track, count.territory(), day);
                        streams.append(count.streams());
                        streams.endRow();
                    }
                    DailyListeners heard = catalog.listeners(track.id(), day);
                    for (ListenerCount count : heard.counts()) {
                        begin(listeners, track, count.territory(), day);
                        listeners.append(count.listeners());
                        listeners.endRow();
                    }
                    for (Demographic part : heard.demographics()) {
                        begin(demographics, track, part.territory(), day);
                        demographics.append(part.age());
                        demographics.append(part.gender());
                        demographics.append(part.listeners());
                        demographics.endRow();
                    }
                }
            }
        }
    }

    private static void begin(DuckDBAppender appender, Track track, String territory, LocalDate day)
            throws SQLException {
        appender.beginRow();
        appender.append(SOURCE);
        appender.append(track.isrc().value());
        appender.append(track.id());
        appender.append(territory);
        appender.append(day);
    }
}
