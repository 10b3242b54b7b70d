package dev.tactus.ingest;

import dev.tactus.lake.Committed;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.ChunkFile;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.Run;
import dev.tactus.ledger.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the run to go on with, or starts one, and clears up behind what was interrupted.
final class Opening {
    private final SyncParts parts;
    private final SyncRequest request;
    private final Publishing publishing;
    private final Progress progress;

    Opening(SyncParts parts, SyncRequest request, Publishing publishing, Progress progress) {
        this.parts = parts;
        this.request = request;
        this.publishing = publishing;
        this.progress = progress;
    }

    /// The run, and what was published on the way to it.
    record Opened(Run run, List<Committed> committed) {}

    Opened open() {
        Ledger ledger = parts.ledger();
        String catalog = ledger.recordings()
                .hash()
                .orElseThrow(() -> new IllegalStateException("the catalog has to be loaded before a run"));
        Optional<Run> continued = request.newRun() ? Optional.empty() : unfinished();
        List<Committed> committed = finishPublications(continued);
        if (request.newRun()) {
            for (Optional<Run> old = unfinished(); old.isPresent(); old = unfinished()) {
                abandon(old.orElseThrow());
            }
        }
        continued.ifPresent(run -> progress.say("continues run " + run.id()));
        Run run = continued.orElseGet(() -> ledger.runs()
                .start(
                        parts.sourceName(),
                        request.from(),
                        request.to(),
                        request.datasets(),
                        catalog,
                        request.codeVersion()));
        discardUnnoted(run.id());
        ledger.runs().state(run.id(), RunState.RUNNING, "");
        return new Opened(ledger.runs().find(run.id()).orElseThrow(), committed);
    }

    /// A publication that some tables have and others don't goes first, whoever's it is; so does one of the run that
    /// is continued.
    private List<Committed> finishPublications(Optional<Run> continued) {
        List<Committed> committed = List.of();
        for (Run run : parts.ledger().runs().list()) {
            boolean goesOn = continued.filter(own -> own.id().equals(run.id())).isPresent();
            if ((goesOn && publishing.isBegun(run.id())) || publishing.isHalfVisible(run.id())) {
                progress.say("finishes the publication of run " + run.id());
                List<Committed> finished = publishing.publish(run);
                committed = goesOn ? finished : committed;
                Ending.settle(parts.ledger(), run.id());
            }
        }
        return committed;
    }

    private void abandon(Run run) {
        progress.say("gives up run " + run.id());
        parts.ledger().transaction(() -> {
            parts.ledger().chunks().forget(run.id());
            parts.ledger().runs().state(run.id(), RunState.ABANDONED, "given up for a new run");
        });
        discardUnnoted(run.id());
    }

    private void discardUnnoted(String runId) {
        Lake lake = parts.lake();
        Set<Path> noted = parts.ledger().chunks().unpublished(runId).stream()
                .map(ChunkFile::path)
                .map(Path::of)
                .collect(Collectors.toSet());
        lake.discard(lake.staged(runId).stream()
                .filter(file -> !noted.contains(file))
                .toList());
    }

    private Optional<Run> unfinished() {
        return parts.ledger().runs().unfinished(parts.sourceName(), request.from(), request.to(), request.datasets());
    }
}
