package dev.tactus.ingest;

/// Is told of the moments between which a crash makes a difference. Tests crash there.
@FunctionalInterface
interface Steps {
    /// A moment of a run.
    enum Step {
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

    void reached(Step step);

    static Steps uneventful() {
        return step -> {};
    }
}
