package dev.tactus.ledger;

import dev.tactus.music.Dataset;
import dev.tactus.music.Isrc;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The work items of the runs: one recording × one dataset × one day each.
public final class WorkItems {
    WorkItems() {}

    /// Plans a dataset on a day for every active recording; what is planned already stays as it is.
    ///
    /// @return how many items are new
    public int plan(String runId, Dataset dataset, LocalDate day) {
        throw new UnsupportedOperationException();
    }

    /// The same for some recordings only, which some catalog must have held.
    public int plan(String runId, Dataset dataset, LocalDate day, Collection<Isrc> isrcs) {
        throw new UnsupportedOperationException();
    }

    /// Records outcomes, all or none. An item that has one already takes the new one and counts as unpublished again.
    ///
    /// @throws IllegalArgumentException for an item that isn't planned
    public void record(String runId, Collection<ItemOutcome> outcomes) {
        throw new UnsupportedOperationException();
    }

    /// What is to be fetched: planned items, and parked ones that are due.
    ///
    /// @param now parked items with a later time are left out
    public List<Isrc> open(String runId, Dataset dataset, LocalDate day, Instant now, Page page) {
        throw new UnsupportedOperationException();
    }

    /// Recordings that have an open item in any dataset or day of the run, but no fresh resolution.
    public List<Isrc> openUnresolved(String runId, String source, Freshness fresh, Instant now, Page page) {
        throw new UnsupportedOperationException();
    }

    /// When the first parked item is due; empty where nothing is parked.
    public Optional<Instant> nextDue(String runId) {
        throw new UnsupportedOperationException();
    }

    public ItemCounts counts(String runId) {
        throw new UnsupportedOperationException();
    }

    /// The counts per dataset and day, by day, then dataset.
    public List<SliceCounts> countsBySlice(String runId) {
        throw new UnsupportedOperationException();
    }

    /// Items with an outcome that no publication holds yet, read page by page; can be iterated more than once.
    public Iterable<UnpublishedItem> unpublished(String runId) {
        throw new UnsupportedOperationException();
    }

    /// Notes that a publication holds all items of the run that have an outcome and are in none yet.
    ///
    /// @return how many
    public long markPublished(String runId, String publicationId) {
        throw new UnsupportedOperationException();
    }
}
