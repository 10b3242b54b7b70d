package dev.tactus.ingest;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Freshness;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.Run;
import dev.tactus.music.Dataset;
import dev.tactus.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;

/// A run under way and what it works with.
///
/// @param fresh how old resolved ids may be, the same for the whole run
record RunContext(SyncParts parts, Run run, SyncRequest request, Freshness fresh, Steps steps) {
    /// Longer than any run.
    private static final Duration EVER = Duration.ofDays(3650);

    Ledger ledger() {
        return parts.ledger();
    }

    Lake lake() {
        return parts.lake();
    }

    Source source() {
        return parts.source();
    }

    String sourceName() {
        return parts.sourceName();
    }

    InstantSource clock() {
        return parts.clock();
    }

    String runId() {
        return run.id();
    }

    /// When a day that isn't published yet is asked for again.
    Instant pendingRetry() {
        return clock().instant().plus(source().profile().pendingRetry());
    }

    /// The days of a dataset: those of the run, or, for what holds for a whole run, the last of them.
    List<LocalDate> days(Dataset dataset) {
        return request.days(dataset);
    }

    /// A time by which everything parked is due.
    Instant whenever() {
        return clock().instant().plus(EVER);
    }
}
