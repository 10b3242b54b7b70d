package dev.tactus.ingest;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// Gives up a run for good: what it has published stays, what it has staged goes, and it is never continued.
///
/// The caller holds the ledger's lock.
public final class RunAbandonment {
    private final Ledger ledger;
    private final Lake lake;

    public RunAbandonment(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Gives it up.
    ///
    /// @param why in a sentence, for whoever looks at the run later
    public void abandon(Run run, String why) {
        ledger.transaction(() -> {
            ledger.chunks().forget(run.id());
            ledger.runs().state(run.id(), RunState.ABANDONED, why);
        });
        discardUnnoted(run.id());
    }

    /// Deletes staged files that the ledger knows nothing of: a crash left them.
    void discardUnnoted(String runId) {
        Set<Path> noted = ledger.chunks().unpublished(runId).stream()
                .map(ChunkFile::path)
                .map(Path::of)
                .collect(Collectors.toSet());
        lake.staging()
                .discard(lake.staging().files(runId).stream()
                        .filter(file -> !noted.contains(file))
                        .toList());
    }
}
