package dev.tactus.ledger;

import java.util.List;

/// What the summary of a run says beside its counts.
public final class RunNotes {
    RunNotes() {}

    /// Adds to the count of this note, which begins at zero.
    public void add(String runId, String kind, String text, long count) {
        throw new UnsupportedOperationException();
    }

    /// All notes of a run, by kind, then the most frequent first.
    public List<RunNote> list(String runId) {
        throw new UnsupportedOperationException();
    }
}
