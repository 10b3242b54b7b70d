package dev.tactus.ingest;

import dev.tactus.ingest.accounting.RunCompletion;
import dev.tactus.ingest.accounting.RunPublisher;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.lake.Lake;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the run to continue, or starts one, and cleans up after what was interrupted.
final class RunOpener {
    private final SyncResources resources;
    private final SyncRequest request;
    private final RunPublisher publisher;
    private final ProgressListener progress;

    RunOpener(SyncResources resources, SyncRequest request, RunPublisher publisher, ProgressListener progress) {
        this.resources = resources;
        this.request = request;
        this.publisher = publisher;
        this.progress = progress;
    }

    /// The run, and what was published on the way to it.
    record OpenRun(Run run, List<TableCommit> committed) {}

    OpenRun open() {
        Ledger ledger = resources.ledger();
        String catalog = ledger.recordings()
                .hash()
                .orElseThrow(() -> new IllegalStateException("the catalog has to be loaded before a run"));
        Optional<Run> continued = request.newRun() ? Optional.empty() : unfinished();
        List<TableCommit> committed = finishPublications(continued);
        if (request.newRun()) {
            for (Optional<Run> old = unfinished(); old.isPresent(); old = unfinished()) {
                abandon(old.orElseThrow());
            }
        }
        continued.ifPresent(run -> progress.say("continues run " + run.id()));
        Run run = continued.orElseGet(() -> ledger.runs()
                .start(
                        resources.sourceName(),
                        request.from(),
                        request.to(),
                        request.datasets(),
                        catalog,
                        request.codeVersion()));
        discardUnnoted(run.id());
        ledger.runs().state(run.id(), RunState.RUNNING, "");
        return new OpenRun(ledger.runs().find(run.id()).orElseThrow(), committed);
    }

    /// A publication that some tables have and others don't is finished first, of whatever run; so is one of the run
    /// that is continued.
    private List<TableCommit> finishPublications(Optional<Run> continued) {
        List<TableCommit> committed = List.of();
        for (Run run : resources.ledger().runs().list()) {
            boolean goesOn = continued.filter(own -> own.id().equals(run.id())).isPresent();
            if ((goesOn && publisher.isBegun(run.id())) || publisher.isHalfVisible(run.id())) {
                progress.say("finishes the publication of run " + run.id());
                List<TableCommit> finished = publisher.publish(run);
                committed = goesOn ? finished : committed;
                RunCompletion.settle(resources.ledger(), run.id());
            }
        }
        return committed;
    }

    private void abandon(Run run) {
        progress.say("gives up run " + run.id());
        resources.ledger().transaction(() -> {
            resources.ledger().chunks().forget(run.id());
            resources.ledger().runs().state(run.id(), RunState.ABANDONED, "given up for a new run");
        });
        discardUnnoted(run.id());
    }

    private void discardUnnoted(String runId) {
        Lake lake = resources.lake();
        Set<Path> noted = resources.ledger().chunks().unpublished(runId).stream()
                .map(ChunkFile::path)
                .map(Path::of)
                .collect(Collectors.toSet());
        lake.staging()
                .discard(lake.staging().files(runId).stream()
                        .filter(file -> !noted.contains(file))
                        .toList());
    }

    private Optional<Run> unfinished() {
        return resources
                .ledger()
                .runs()
                .unfinished(resources.sourceName(), request.from(), request.to(), request.datasets());
    }
}
