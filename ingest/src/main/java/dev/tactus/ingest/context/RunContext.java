package dev.tactus.ingest.context;

import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import dev.tactus.source.Source;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;

/// A run under way and what it works with.
///
/// @param fresh how old resolved ids may be, the same for the whole run
public record RunContext(
        SyncResources resources, Run run, SyncRequest request, Freshness fresh, FailpointListener failpoints) {
    public Ledger ledger() {
        return resources.ledger();
    }

    public Lake lake() {
        return resources.lake();
    }

    public Source source() {
        return resources.source();
    }

    public String sourceName() {
        return resources.sourceName();
    }

    public InstantSource clock() {
        return resources.clock();
    }

    public String runId() {
        return run.id();
    }

    /// When a day that is not published yet is requested again.
    public Instant pendingRetry() {
        return clock().instant().plus(source().profile().pendingRetry());
    }

    /// The days of a dataset: those of the run, or, for what holds for a whole run, the last of them.
    public List<LocalDate> days(Dataset dataset) {
        return request.days(dataset);
    }
}
