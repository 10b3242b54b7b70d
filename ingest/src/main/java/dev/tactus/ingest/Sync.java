package dev.tactus.ingest;

import dev.tactus.ingest.accounting.AlertSender;
import dev.tactus.ingest.accounting.DeadlineAlert;
import dev.tactus.ingest.accounting.RunAlerts;
import dev.tactus.ingest.accounting.RunCompletion;
import dev.tactus.ingest.accounting.RunPublisher;
import dev.tactus.ingest.accounting.SyncReportBuilder;
import dev.tactus.ingest.accounting.UnknownFieldNotes;
import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.StopSignal;
import dev.tactus.ingest.fetch.FetchRounds;
import dev.tactus.ingest.fetch.ProgressMeter;
import dev.tactus.ingest.fetch.ResolutionBuffer;
import dev.tactus.ingest.landing.ChunkBounds;
import dev.tactus.ingest.landing.ItemProgress;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.run.FallbackSource;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncReport.End;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.source.response.SourceFailure;
import dev.tactus.sqlite.DatabaseFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a source: plans it or continues it, fetches what is open, lands it, accounts for it, publishes it.
///
/// [#run] blocks and is called once; [#stop] may be called by any thread.
public final class Sync {
    private static final Logger LOG = LoggerFactory.getLogger(Sync.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final SyncResources parts;
    private final ProgressListener progress;
    private final FailpointListener steps;
    private final ChunkBounds bounds;
    private final FallbackSource standIn;
    private final StopSignal stop = new StopSignal();

    public Sync(SyncResources parts, ProgressListener progress) {
        this(parts, progress, FallbackSource.none());
    }

    /// @param standIn asked for what the source could not give
    public Sync(SyncResources parts, ProgressListener progress, FallbackSource standIn) {
        this(parts, progress, FailpointListener.uneventful(), ChunkBounds.defaults(), standIn);
    }

    /// @param steps told of the moments between which a crash makes a difference
    Sync(
            SyncResources parts,
            ProgressListener progress,
            FailpointListener steps,
            ChunkBounds bounds,
            FallbackSource standIn) {
        this.parts = parts;
        this.progress = progress;
        this.steps = steps;
        this.bounds = bounds;
        this.standIn = standIn;
    }

    /// Runs until nothing is left, or nothing but work that is parked for longer than the request waits, or it is
    /// stopped.
    ///
    /// @throws RunFailed if it can't go on; what is staged is kept
    /// @throws IllegalArgumentException if the source doesn't have a dataset that is asked for
    public SyncReport run(SyncRequest request) {
        for (Dataset dataset : request.datasets()) {
            if (!parts.source().datasets().contains(dataset)) {
                throw new IllegalArgumentException("source " + parts.sourceName() + " has no " + dataset.label()
                        + ", only " + DatasetLabels.of(parts.source().datasets()));
            }
        }
        Instant startedAt = parts.clock().instant();
        Optional<Run> run = Optional.empty();
        try {
            RunPublisher publishing = new RunPublisher(parts.ledger(), parts.lake(), request.codeVersion(), steps);
            RunOpener.OpenRun opened = new RunOpener(parts, request, publishing, progress).open();
            run = Optional.of(opened.run());
            return new SyncRun(opened, request, startedAt, publishing).follow();
        } catch (RunFailure | SourceFailure | DatabaseFailure | LakeException e) {
            throw failed(run, e);
        }
    }

    /// Asks the run to seal what it has and to leave; it does within a few seconds.
    public void stop() {
        stop.ask();
    }

    private RunFailure failed(Optional<Run> run, RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        if (run.isEmpty()) {
            return new RunFailure(message, cause);
        }
        String id = run.orElseThrow().id();
        try {
            // one that was publishing goes on publishing
            if (parts.ledger()
                            .runs()
                            .find(id)
                            .filter(now -> now.state() != RunState.PUBLISHING)
                            .isPresent()
                    || cause instanceof RunFailure) {
                parts.ledger().runs().state(id, RunState.FAILED, message);
            }
        } catch (DatabaseFailure e) {
            LOG.warn("run {} could not be noted as failed: {}", id, e.getMessage());
        }
        if (cause instanceof RunFailure failed) {
            return failed;
        }
        return new RunFailure(
                message + ". What run " + id + " has staged is kept; the same command goes on from there", cause);
    }

    /// The way of one run, from its plan to its report.
    private final class SyncRun {
        private final RunContext run;
        private final Instant startedAt;
        private final RunPublisher publishing;
        private final List<TableCommit> committed;
        private final Ledger ledger = parts.ledger();
        private final ItemProgress tally = new ItemProgress();

        SyncRun(RunOpener.OpenRun opened, SyncRequest request, Instant startedAt, RunPublisher publishing) {
            this.run = new RunContext(parts, opened.run(), request, fresh(startedAt), steps);
            this.committed = new ArrayList<>(opened.committed());
            this.startedAt = startedAt;
            this.publishing = publishing;
        }

        SyncReport follow() {
            plan();
            parts.pacer().restore(ledger.limitStates().load(parts.sourceName()));
            ResolutionBuffer resolutions = new ResolutionBuffer(ledger, parts.sourceName());
            ProgressMeter meter = new ProgressMeter(run, tally, progress);
            AlertSender outbox = new AlertSender(ledger.alerts(), run.request().webhooks(), stop, FIRST_PAUSE);
            try (outbox;
                    RunCheckpointer heartbeat = heartbeat(resolutions, meter, new DeadlineAlert(run, outbox))) {
                outbox.sendInBackground();
                boolean stopped = fetch(resolutions, meter);
                heartbeat.beat();
                if (stopped) {
                    return stopped();
                }
                meter.phase(ProgressReport.Phase.PUBLISHING);
                return published(outbox);
            }
        }

        private RunCheckpointer heartbeat(ResolutionBuffer resolutions, ProgressMeter meter, DeadlineAlert deadline) {
            Runnable afterwards = () -> {
                meter.tell();
                deadline.look();
            };
            return new RunCheckpointer(run, resolutions, afterwards, stop::fail).start();
        }

        private void plan() {
            ledger.transaction(() -> {
                for (Dataset dataset : run.request().datasets()) {
                    run.days(dataset).forEach(day -> ledger.items().plan(run.runId(), dataset, day));
                }
            });
            steps.reached(FailpointListener.Failpoint.PLANNED);
        }

        /// Fetches, round by round, until nothing is open; tells whether it was stopped.
        private boolean fetch(ResolutionBuffer resolutions, ProgressMeter meter) {
            try (LandingWriter lander = new LandingWriter(run, bounds, tally, stop::fail).start()) {
                return new FetchRounds(run, lander, resolutions, tally, meter, stop, progress).go();
            }
        }

        private SyncReport stopped() {
            ledger.runs().state(run.runId(), RunState.RUNNING, "stopped; the same command goes on");
            return report(End.STOPPED, false);
        }

        private SyncReport published(AlertSender outbox) {
            ItemCounts counts = ledger.items().counts(run.runId());
            if (!counts.addsUp()) {
                throw new RunFailure("run " + run.runId() + " does not add up: " + counts.planned()
                        + " items were planned and " + counts.accounted() + " have an outcome, " + counts.open()
                        + " are open");
            }
            UnknownFieldNotes.note(run, progress);
            committed.addAll(publishing.publish(run.run()));
            standIn.settle(run.runId());
            RunState state = RunCompletion.settle(ledger, run.runId());
            SyncReport report = report(state == RunState.FINISHED ? End.FINISHED : End.INCOMPLETE, true);
            new RunAlerts(run).enqueueAll(report);
            outbox.send();
            return report;
        }

        private SyncReport report(End end, boolean accounted) {
            return SyncReportBuilder.report(run, end, accounted, committed, startedAt);
        }

        private Freshness fresh(Instant now) {
            return Freshness.since(
                    now.minus(parts.source().profile().resolvedIdsFresh()),
                    now.minus(parts.source().profile().absentIdsFresh()));
        }
    }
}
