package dev.tactus.ingest.run;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.source.Source;
import java.time.InstantSource;

/// What a run works with. All of it is opened, locked and closed by the caller.
public final class SyncResources {
    private final Ledger ledger;
    private final Lake lake;
    private final String sourceName;
    private final Source source;
    private final Pacer pacer;
    private final InstantSource clock;

    /// @param ledger whose lock the caller holds
    /// @param sourceName the operator's name for the source: the `source` column of the lake
    /// @param pacer the one that paces `source`; its state is restored from the ledger and saved there
    public SyncResources(Ledger ledger, Lake lake, String sourceName, Source source, Pacer pacer, InstantSource clock) {
        this.ledger = ledger;
        this.lake = lake;
        this.sourceName = sourceName;
        this.source = source;
        this.pacer = pacer;
        this.clock = clock;
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

    public Pacer pacer() {
        return pacer;
    }

    public InstantSource clock() {
        return clock;
    }
}
