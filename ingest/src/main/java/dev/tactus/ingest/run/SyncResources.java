package dev.tactus.ingest.run;

import dev.tactus.ingest.share.WorkerLease;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.source.Source;
import java.time.InstantSource;
import java.util.Optional;

/// What a run works with. All of it is opened, locked and closed by the caller.
public final class SyncResources {
    private final Ledger ledger;
    private final Lake lake;
    private final String sourceName;
    private final Source source;
    private final Optional<Pacer> pacer;
    private final Optional<WorkerLease> share;
    private final InstantSource clock;

    /// @param ledger whose lock the caller holds
    /// @param sourceName the operator's name for the source: the `source` column of the lake
    /// @param pacer the one that paces `source`; its state is restored from the ledger and saved there
    public SyncResources(Ledger ledger, Lake lake, String sourceName, Source source, Pacer pacer, InstantSource clock) {
        this(ledger, lake, sourceName, source, Optional.of(pacer), Optional.empty(), clock);
    }

    private SyncResources(
            Ledger ledger,
            Lake lake,
            String sourceName,
            Source source,
            Optional<Pacer> pacer,
            Optional<WorkerLease> share,
            InstantSource clock) {
        this.ledger = ledger;
        this.lake = lake;
        this.sourceName = sourceName;
        this.source = source;
        this.pacer = pacer;
        this.share = share;
        this.clock = clock;
    }

    /// The same beside other processes, which share runs and quota by the ledger.
    ///
    /// @param source paced by whoever owns the quota, who also keeps the state of the limits
    /// @param share this process as a worker
    public static SyncResources shared(
            Ledger ledger, Lake lake, String sourceName, Source source, WorkerLease share, InstantSource clock) {
        return new SyncResources(ledger, lake, sourceName, source, Optional.empty(), Optional.of(share), clock);
    }

    public Ledger ledger() {
        return ledger;
    }

    public Lake lake() {
        return lake;
    }

    public String sourceName() {
        return sourceName;
    }

    public Source source() {
        return source;
    }

    /// The pacer of this process; empty where whoever owns the quota has one.
    public Optional<Pacer> pacer() {
        return pacer;
    }

    /// This process as a worker; empty where it has the ledger for itself.
    public Optional<WorkerLease> share() {
        return share;
    }

    public InstantSource clock() {
        return clock;
    }
}
