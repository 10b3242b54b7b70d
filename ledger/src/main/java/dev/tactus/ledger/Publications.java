package dev.tactus.ledger;

import java.util.List;
import java.util.Optional;

/// The publications: which snapshot of which table holds which run.
public final class Publications {
    Publications() {}

    /// The publication of this run that was begun and not completed, if there is one; otherwise a new one, begun now.
    public PublicationRecord begin(String runId) {
        throw new UnsupportedOperationException();
    }

    /// Notes a table's commit. Noting the same once more changes nothing.
    public void committed(String publicationId, String table, long snapshotId, long rows) {
        throw new UnsupportedOperationException();
    }

    /// Notes that every table is committed.
    public void complete(String publicationId) {
        throw new UnsupportedOperationException();
    }

    public Optional<PublicationRecord> find(String publicationId) {
        throw new UnsupportedOperationException();
    }

    /// Those of a run, the oldest first.
    public List<PublicationRecord> list(String runId) {
        throw new UnsupportedOperationException();
    }

    /// All, the oldest first.
    public List<PublicationRecord> list() {
        throw new UnsupportedOperationException();
    }
}
