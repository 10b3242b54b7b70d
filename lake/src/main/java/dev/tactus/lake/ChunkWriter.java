package dev.tactus.lake;

import dev.tactus.music.Demographic;
import dev.tactus.music.Isrc;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import java.util.List;

/// Rows on their way to the lake: collected in memory off the heap, sealed into files that are forced to disk.
///
/// Thread-safe. Each appending call answers with the number of rows it added. What is not sealed is lost with the
/// process.
@SuppressWarnings("DoNotCallSuggester")
public final class ChunkWriter implements AutoCloseable {
    ChunkWriter() {}

    public long track(Track track, Provenance from) {
        throw new UnsupportedOperationException();
    }

    public long streams(Isrc isrc, String trackId, List<StreamCount> counts, Provenance from) {
        throw new UnsupportedOperationException();
    }

    public long listeners(
            Isrc isrc, String trackId, List<ListenerCount> counts, List<Demographic> demographics, Provenance from) {
        throw new UnsupportedOperationException();
    }

    public long payload(PayloadRow payload) {
        throw new UnsupportedOperationException();
    }

    /// Rows since the last seal.
    public long rows() {
        throw new UnsupportedOperationException();
    }

    /// Bytes of memory since the last seal, roughly.
    public long bytes() {
        throw new UnsupportedOperationException();
    }

    /// Writes what was collected, one file a table, and forces it to disk; the writer is empty afterwards and goes on.
    /// Note the files in the ledger, then they count.
    public List<StagedFile> seal() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
