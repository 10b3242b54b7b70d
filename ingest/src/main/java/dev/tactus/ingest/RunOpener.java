package dev.tactus.ingest;

import dev.tactus.ingest.accounting.RunCompletion;
import dev.tactus.ingest.accounting.RunPublisher;
import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import java.util.List;
import java.util.Optional;

/// Finds the run to continue, or starts one, and cleans up after what was interrupted.
final class RunOpener {
    private final SyncResources resources;
    private final SyncRequest request;
    private final RunPublisher publisher;
    private final ProgressListener progress;
    private final RunAbandonment abandonment;

    RunOpener(SyncResources resources, SyncRequest request, RunPublisher publisher, ProgressListener progress) {
        this.resources = resources;
        this.request = request;
        this.publisher = publisher;
        this.progress = progress;
        this.abandonment = new RunAbandonment(resources.ledger(), resources.lake());
    }

    /// The run, and what was published on the way to it.
    record OpenRun(Run run, List<TableCommit> committed) {}

    OpenRun open() {
        Ledger ledger = resources.ledger();
        String catalog = ledger.recordings()
                .hash()
                .orElseThrow(() -> new IllegalStateException("the catalog has to be loaded before a run"));
        Optional<Run> continued = switch (request.continuation()) {
            case Continuation.SameDays _ -> unfinished();
            case Continuation.OfRun of -> Optional.of(unfinished(of.runId()));
            case Continuation.Anew _ -> Optional.empty();
        };
        List<TableCommit> committed = finishPublications(continued);
        if (request.continuation() instanceof Continuation.Anew) {
            for (Optional<Run> old = unfinished(); old.isPresent(); old = unfinished()) {
                progress.say("abandons run " + old.orElseThrow().id());
                abandonment.abandon(old.orElseThrow(), "given up for a new run");
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
        // files of others who work on it are not noted yet; at the end of the run what is left is nobody's
        if (resources.share().isEmpty() || ledger.pages().counts(run.id()).claimed() == 0) {
            abandonment.discardUnnoted(run.id());
        }
        ledger.runs().state(run.id(), RunState.RUNNING, "");
        return new OpenRun(ledger.runs().find(run.id()).orElseThrow(), committed);
    }

    /// A publication that some tables have and others don't is finished first, of whatever run of the source; so is one
    /// of the run that is continued. Runs of other sources may be going on beside this one. One that can't be
    /// finished, because what it staged is gone, keeps nobody else from going on.
    private List<TableCommit> finishPublications(Optional<Run> continued) {
        List<TableCommit> committed = List.of();
        for (Run run : resources.ledger().runs().list()) {
            if (!run.source().equals(resources.sourceName()) || run.state() == RunState.ABANDONED) {
                continue;
            }
            boolean goesOn = continued.filter(own -> own.id().equals(run.id())).isPresent();
            if ((goesOn && publisher.isBegun(run.id())) || publisher.isHalfVisible(run.id())) {
                progress.say("finishes the publication of run " + run.id());
                try {
                    List<TableCommit> finished = publisher.publish(run);
                    committed = goesOn ? finished : committed;
                    RunCompletion.settle(resources.ledger(), run.id());
                } catch (LakeDamaged | RunFailure e) {
                    if (goesOn) {
                        throw e;
                    }
                    progress.say("run " + run.id() + " is visible in part and can't be finished: " + e.getMessage()
                            + ". tactus runs abandon " + run.id()
                            + " --reason REASON gives it up; its days are then fetched again");
                }
            }
        }
        return committed;
    }

    private Run unfinished(String runId) {
        return resources
                .ledger()
                .runs()
                .find(runId)
                .filter(run -> run.state().isUnfinished() && run.source().equals(resources.sourceName()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "source " + resources.sourceName() + " has no unfinished run " + runId));
    }

    private Optional<Run> unfinished() {
        return resources
                .ledger()
                .runs()
                .unfinished(resources.sourceName(), request.from(), request.to(), request.datasets());
    }
}
