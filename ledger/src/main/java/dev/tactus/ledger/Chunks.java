package dev.tactus.ledger;

import java.util.List;

/// The staged files that count: a file not noted here was left behind by a crash.
public final class Chunks {
    Chunks() {}

    /// Notes files that are on disk; in the transaction that records their items.
    public void note(String runId, List<ChunkFile> files) {
        throw new UnsupportedOperationException();
    }

    /// Files of the run that no publication holds yet, in the order they were noted.
    public List<ChunkFile> unpublished(String runId) {
        throw new UnsupportedOperationException();
    }

    /// The same over all runs: what a sweep has to keep.
    public List<ChunkFile> unpublished() {
        throw new UnsupportedOperationException();
    }

    /// Notes that a publication holds all files of the run.
    public void markPublished(String runId, String publicationId) {
        throw new UnsupportedOperationException();
    }

    /// Forgets the unpublished files of a run that is abandoned.
    public void forget(String runId) {
        throw new UnsupportedOperationException();
    }
}
