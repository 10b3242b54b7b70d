package dev.tactus.lake.staging;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rows on their way to the lake: collected in memory off the heap, sealed into files that are forced to disk.
///
/// Thread-safe. Each appending call answers with the number of rows it added. What is not sealed is lost with the
/// process, and so is the chunk that an appending or sealing call failed in: the writer starts empty after a failure.
public final class ChunkWriter implements AutoCloseable {
    private final StagingFolder staging;
    private final String runId;
    private final Supplier<DuckDb> ducks;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ChunkBuffer buffer;

    ChunkWriter(StagingFolder staging, String runId, Supplier<DuckDb> ducks) {
        this.staging = staging;
        this.runId = runId;
        this.ducks = ducks;
    }

    /// Adds one row.
    public long track(Track track, Provenance from) {
        return append(b -> b.track(track, from));
    }

    /// Adds a row for each territory.
    public long streams(Isrc isrc, String trackId, List<StreamCount> counts, Provenance from) {
        return append(b -> b.streams(isrc, trackId, counts, from));
    }

    /// Adds a row for each territory and for each part of its audience, to two tables.
    public long listeners(
            Isrc isrc, String trackId, List<ListenerCount> counts, List<Demographic> demographics, Provenance from) {
        return append(b -> b.listeners(isrc, trackId, counts, demographics, from));
    }

    /// Adds one row.
    public long payload(PayloadRow payload) {
        return append(b -> b.payload(payload, runId));
    }

    /// Rows since the last seal.
    public long rows() {
        return locked(() -> buffer == null ? 0L : buffer.rows());
    }

    /// Bytes of memory since the last seal, roughly.
    public long bytes() {
        return locked(() -> buffer == null ? 0L : buffer.bytes());
    }

    /// Writes what was collected, one file a table, several of large payloads, and forces it to disk; the writer is
    /// empty afterwards and goes on.
    /// Note the files in the ledger, then they count.
    public List<StagedFile> seal() {
        return locked(() -> {
            if (buffer == null) {
                return List.of();
            }
            Path folder = staging.folder(runId);
            try (ChunkBuffer full = buffer) {
                List<StagedFile> sealed = full.write().stream()
                        .map(file -> staging.sealed(file.table(), file.file(), file.rows()))
                        .toList();
                staging.force(folder);
                return sealed;
            } catch (SQLException | RuntimeException e) {
                throw LakeFailures.of("a chunk can't be written to " + folder, e);
            } finally {
                buffer = null;
            }
        });
    }

    @Override
    public void close() {
        locked(() -> {
            drop();
            return true;
        });
    }

    private void drop() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
    }

    private interface BufferAppender {
        void to(ChunkBuffer buffer) throws SQLException;
    }

    private long append(BufferAppender appending) {
        return locked(() -> {
            ChunkBuffer open = buffer == null ? new ChunkBuffer(ducks.get(), staging.folder(runId)) : buffer;
            buffer = open;
            long before = open.rows();
            try {
                appending.to(open);
            } catch (SQLException | RuntimeException e) {
                drop();
                throw LakeFailures.of("rows can't be collected", e);
            }
            return open.rows() - before;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
