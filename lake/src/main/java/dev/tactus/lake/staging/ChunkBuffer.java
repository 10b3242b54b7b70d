package dev.tactus.lake.staging;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Artist;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// The rows of one chunk in DuckDB's memory.
///
/// What all rows of a track's answer share (recording, day, provenance) stands once, in `units`; a count is then a
/// number of the unit, a territory and a count, which keeps appending and memory small. Sealing joins them.
/// Payloads are written in slices as they come: DuckDB handles 2,048 rows at a time, however large the bodies are, in
/// several copies. Not thread-safe.
public final class ChunkBuffer implements AutoCloseable {
    private static final String FROM_UNITS = " JOIN units USING (unit)";
    /// What a row's fixed parts take, roughly.
    private static final long ROW_BYTES = 32;

    private static final long SLICE_BYTES = 8L << 20;

    /// A file that was written and not yet forced to disk.
    record ChunkFile(LakeTable table, Path file, long rows) {}

    private final DuckDb duck;
    private final Path folder;
    private final List<ChunkFile> slices = new ArrayList<>();
    private long slicePayloads;
    private long sliceBytes;
    private final Map<String, DuckDBAppender> appenders = new LinkedHashMap<>();
    private final Map<LakeTable, Long> rows = new EnumMap<>(LakeTable.class);
    private int units;
    private long bytes;

    /// @param folder that its files go to
    ChunkBuffer(DuckDb duck, Path folder) {
        this.duck = duck;
        this.folder = folder;
        try {
            table(
                    "units",
                    "unit INTEGER, source VARCHAR, isrc VARCHAR, track_id VARCHAR, day DATE, run_id VARCHAR,"
                            + " payload_sha256 VARCHAR, fetched_at TIMESTAMP WITH TIME ZONE");
            table("streams", "unit INTEGER, territory VARCHAR, stream_count BIGINT");
            table("listeners", "unit INTEGER, territory VARCHAR, listener_count BIGINT");
            table(
                    "demographics",
                    "unit INTEGER, territory VARCHAR, age VARCHAR, gender VARCHAR, listener_count BIGINT");
            table("artists", "unit INTEGER, place INTEGER, id VARCHAR, \"name\" VARCHAR");
            table(
                    "tracks",
                    "unit INTEGER, title VARCHAR, duration_ms BIGINT, \"explicit\" BOOLEAN, album_id VARCHAR,"
                            + " album_title VARCHAR, release_date VARCHAR");
            table("payloads", DuckDbSql.definition(LakeTable.PAYLOADS));
        } catch (RuntimeException e) {
            duck.close();
            throw e;
        }
    }

    private void table(String name, String columns) {
        duck.run("CREATE TABLE " + name + " (" + columns + ")");
        try {
            DuckDBAppender appender = duck.connection().createAppender(DuckDBConnection.DEFAULT_SCHEMA, name);
            // fetching threads take turns under the writer's lock
            appender.unsafeBreakThreadConfinement();
            appenders.put(name, appender);
        } catch (SQLException e) {
            throw LakeFailures.of("DuckDB refused an appender", e);
        }
    }

    private DuckDBAppender into(String name) {
        DuckDBAppender appender = appenders.get(name);
        if (appender == null) {
            throw new IllegalStateException("no buffer named " + name);
        }
        return appender;
    }

    private int unit(Isrc isrc, String trackId, Provenance from) throws SQLException {
        int unit = ++units;
        DuckDBAppender row = into("units");
        row.beginRow();
        row.append(unit).append(from.source()).append(isrc.value()).append(trackId);
        row.append(from.day()).append(from.runId()).append(from.payloadSha256());
        row.appendEpochMicros(DuckDb.micros(from.fetchedAt())).endRow();
        bytes += 250;
        return unit;
    }

    void track(Track track, Provenance from) throws SQLException {
        int unit = unit(track.isrc(), track.id(), from);
        int place = 0;
        for (Artist artist : track.artists()) {
            DuckDBAppender row = into("artists").beginRow().append(unit).append(place++);
            optional(row, artist.id());
            row.append(artist.name()).endRow();
        }
        DuckDBAppender row =
                into("tracks").beginRow().append(unit).append(track.title()).append(track.durationMs());
        @Nullable Boolean explicit = track.explicit();
        if (explicit == null) {
            row.appendNull();
        } else {
            row.append(explicit.booleanValue());
        }
        optional(row, track.albumId());
        optional(row, track.albumTitle());
        optional(row, track.releaseDate());
        row.endRow();
        counted(LakeTable.TRACKS, 1, 300 + 60L * place);
    }

    void streams(Isrc isrc, String trackId, List<StreamCount> counts, Provenance from) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        int unit = unit(isrc, trackId, from);
        DuckDBAppender row = into("streams");
        for (StreamCount count : counts) {
            row.beginRow()
                    .append(unit)
                    .append(count.territory())
                    .append(count.streams())
                    .endRow();
        }
        counted(LakeTable.DAILY_STREAMS, counts.size(), ROW_BYTES * counts.size());
    }

    void listeners(
            Isrc isrc, String trackId, List<ListenerCount> counts, List<Demographic> demographics, Provenance from)
            throws SQLException {
        if (counts.isEmpty() && demographics.isEmpty()) {
            return;
        }
        int unit = unit(isrc, trackId, from);
        DuckDBAppender row = into("listeners");
        for (ListenerCount count : counts) {
            row.beginRow()
                    .append(unit)
                    .append(count.territory())
                    .append(count.listeners())
                    .endRow();
        }
        counted(LakeTable.DAILY_LISTENERS, counts.size(), ROW_BYTES * counts.size());
        DuckDBAppender part = into("demographics");
        for (Demographic d : demographics) {
            part.beginRow().append(unit).append(d.territory()).append(d.age()).append(d.gender());
            part.append(d.listeners()).endRow();
        }
        counted(LakeTable.LISTENER_DEMOGRAPHICS, demographics.size(), 2 * ROW_BYTES * demographics.size());
    }

    void payload(PayloadRow payload, String runId) throws SQLException {
        DuckDBAppender row = into("payloads").beginRow();
        row.append(payload.sha256()).append(payload.request());
        row.appendEpochMicros(DuckDb.micros(payload.fetchedAt()));
        row.append(payload.source()).append(payload.endpoint()).append(payload.httpStatus());
        row.append(payload.body()).append(runId).endRow();
        long size = 300L + payload.request().length() + payload.body().length;
        counted(LakeTable.PAYLOADS, 1, size);
        slicePayloads++;
        sliceBytes += size;
        if (sliceBytes >= SLICE_BYTES) {
            writeSlice();
            table("payloads", DuckDbSql.definition(LakeTable.PAYLOADS));
        }
    }

    private void writeSlice() throws SQLException {
        into("payloads").close();
        appenders.remove("payloads");
        duck.makeRoomFor(sliceBytes);
        slices.add(copy(LakeTable.PAYLOADS, slicePayloads));
        duck.makeRoomFor(0);
        duck.run("DROP TABLE payloads");
        slicePayloads = 0;
        sliceBytes = 0;
    }

    long rows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    long bytes() {
        return bytes;
    }

    /// Writes what is not written yet, a file a table, and tells all files; the buffer is done with then.
    List<ChunkFile> write() throws SQLException {
        if (slicePayloads > 0) {
            writeSlice();
        }
        for (DuckDBAppender appender : appenders.values()) {
            appender.close();
        }
        appenders.clear();
        List<ChunkFile> files = new ArrayList<>(slices);
        rows.forEach((table, count) -> {
            if (table != LakeTable.PAYLOADS) {
                files.add(copy(table, count));
            }
        });
        return files;
    }

    private ChunkFile copy(LakeTable table, long count) {
        Path file = folder.resolve(table.label() + "-" + UUID.randomUUID() + ".parquet");
        duck.run("COPY (SELECT " + DuckDbSql.typed(table) + " FROM (SELECT * FROM " + from(table) + ")) TO "
                + DuckDbSql.text(file.toString()) + " (FORMAT parquet, COMPRESSION zstd, FIELD_IDS "
                + DuckDbSql.fieldIds(table)
                + ")");
        return new ChunkFile(table, file, count);
    }

    private static String from(LakeTable table) {
        return switch (table) {
            case DAILY_STREAMS -> "streams" + FROM_UNITS;
            case DAILY_LISTENERS -> "listeners" + FROM_UNITS;
            case LISTENER_DEMOGRAPHICS -> "demographics" + FROM_UNITS;
            case TRACKS ->
                "tracks" + FROM_UNITS
                        + " LEFT JOIN (SELECT unit, list(struct_pack(id := id, \"name\" := \"name\") ORDER BY place) AS artists"
                        + " FROM artists GROUP BY unit) USING (unit)";
            case PAYLOADS -> "payloads";
            case SALES,
                    SALES_REJECTS,
                    DEDUCTIONS,
                    USAGE_MATCHES,
                    REPORT_DECISIONS,
                    DRIFT,
                    DEAD_LETTERS,
                    RECONCILED,
                    ADJUSTMENTS -> throw new IllegalArgumentException(table.label() + " is not staged");
        };
    }

    private void counted(LakeTable table, long added, long size) {
        if (added > 0) {
            rows.merge(table, added, Long::sum);
            bytes += size;
        }
    }

    private static void optional(DuckDBAppender row, @Nullable String value) throws SQLException {
        if (value == null) {
            row.appendNull();
        } else {
            row.append(value);
        }
    }

    @Override
    public void close() {
        duck.close();
    }
}
