package dev.tactus.lake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The lake: Iceberg tables on local files, with a catalog in SQLite, written and read by DuckDB.
///
/// Any thread may stage, query and list; one publication or maintenance runs at a time, of one process: the ledger's
/// lock sees to that, and the tables' commits notice when it does not.
@SuppressWarnings("DoNotCallSuggester")
public final class Lake implements AutoCloseable {
    private Lake() {}

    /// Opens the lake of that folder, creating folder, catalog and tables where they are missing.
    ///
    /// @throws LakeUnavailable if the folder can't be written or the lake was moved
    public static Lake open(Path folder, LakeSettings settings) {
        throw new UnsupportedOperationException();
    }

    /// A writer for a run's rows; close it when the run has no more.
    public ChunkWriter stage(String runId) {
        throw new UnsupportedOperationException();
    }

    /// Sealed files that stand on disk for a run, noted anywhere or not; relative to the lake's folder.
    public List<Path> staged(String runId) {
        throw new UnsupportedOperationException();
    }

    /// Deletes staged files: those nobody noted, or those that are published. Missing ones are fine.
    public void discard(Collection<Path> files) {
        throw new UnsupportedOperationException();
    }

    /// Writes the files of a publication and audits them; nothing is visible yet.
    ///
    /// @throws LakeDamaged if a staged file is missing or not what was noted
    public PreparedPublication prepare(Publication publication) {
        throw new UnsupportedOperationException();
    }

    /// The tables that already carry a publication, from the snapshots.
    public List<Committed> landed(String publicationId) {
        throw new UnsupportedOperationException();
    }

    /// Answers one SELECT over the tables as they are now; returns the number of rows.
    ///
    /// @throws QueryRefused if it is anything else, or wrong
    public long query(String sql, RowSink sink) {
        throw new UnsupportedOperationException();
    }

    /// Answers one SELECT over the tables as they were then.
    public long query(String sql, Instant asOf, RowSink sink) {
        throw new UnsupportedOperationException();
    }

    public List<TableSummary> tables() {
        throw new UnsupportedOperationException();
    }

    /// Merges small files, forgets old snapshots, deletes what nothing refers to.
    public MaintenanceReport maintain(MaintenanceSettings settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
