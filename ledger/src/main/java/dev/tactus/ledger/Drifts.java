package dev.tactus.ledger;

import dev.tactus.music.Difference;
import dev.tactus.music.Isrc;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The differences between what sources say and what was expected.
public final class Drifts {
    Drifts() {}

    /// Takes note of what a run saw. An open drift of an examined recording that is not among the differences is
    /// resolved; an accepted one stays accepted.
    ///
    /// @param examined the recordings that were compared, with or without a difference
    /// @return only news: neither open nor accepted before
    public List<Drift> report(
            String source, String runId, Collection<Isrc> examined, Collection<Difference> differences) {
        throw new UnsupportedOperationException();
    }

    /// Open ones, the most severe first.
    public List<Drift> open(int limit) {
        throw new UnsupportedOperationException();
    }

    public long count(DriftState state) {
        throw new UnsupportedOperationException();
    }

    /// How many were news to a run.
    public long newsOf(String runId) {
        throw new UnsupportedOperationException();
    }

    /// By id, or by the beginning of an id that fits only one.
    public Optional<Drift> find(String id) {
        throw new UnsupportedOperationException();
    }

    /// Says, on the record, that what the source says is right.
    public Optional<Drift> accept(String id) {
        throw new UnsupportedOperationException();
    }

    /// All of a source in any state, read page by page, by id; can be iterated more than once.
    public Iterable<Drift> all(String source) {
        throw new UnsupportedOperationException();
    }
}
