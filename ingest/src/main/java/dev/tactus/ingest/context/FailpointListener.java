package dev.tactus.ingest.context;

/// Is called at the moments between which a crash makes a difference. Tests crash there.
@FunctionalInterface
public interface FailpointListener {
    /// A moment of a run.
    enum Failpoint {
        PLANNED,
        ROWS_APPENDED,
        CHUNK_SEALED,
        CHUNK_NOTED,
        RESOLUTIONS_NOTED,
        PUBLICATION_BEGUN,
        PUBLICATION_PREPARED,
        TABLE_COMMITTED,
        PUBLICATION_COMMITTED,
        PUBLICATION_NOTED
    }

    void reached(Failpoint step);

    static FailpointListener none() {
        return step -> {};
    }
}
