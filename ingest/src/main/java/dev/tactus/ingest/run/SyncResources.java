package dev.tactus.ingest.run;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.source.Source;
import java.time.InstantSource;

/// What a run works with. All of it is opened, locked and closed by the caller.
///
/// @param ledger whose lock the caller holds
/// @param sourceName the operator's name for the source: the `source` column of the lake
/// @param pacer the one that paces `source`; its state is restored from the ledger and saved there
public record SyncResources(
        Ledger ledger, Lake lake, String sourceName, Source source, Pacer pacer, InstantSource clock) {}
