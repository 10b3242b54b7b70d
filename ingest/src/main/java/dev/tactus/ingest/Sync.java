package dev.tactus.ingest;

import dev.tactus.database.DatabaseFailure;
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
import dev.tactus.ingest.fetch.PageRounds;
import dev.tactus.ingest.fetch.ProgressMeter;
import dev.tactus.ingest.fetch.ResolutionBuffer;
import dev.tactus.ingest.landing.ChunkBounds;
import dev.tactus.ingest.landing.ItemProgress;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.landing.PartPublication;
import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.FallbackSource;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ingest.run.SettleWindow;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncReport.End;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.ledger.work.LeaseLost;
import dev.tactus.music.Dataset;
import dev.tactus.source.response.SourceFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a source: plans it or continues it, fetches what is open, lands it, accounts for it, and publishes it.
///
/// [#run] blocks and is called once; [#stop] may be called by any thread.
public final class Sync {
    private static final Logger log = LoggerFactory.getLogger(Sync.class);

    private final SyncResources resources;
    private final ProgressListener progress;
    private final FailpointListener failpoints;
    private final ChunkBounds bounds;
    private final FallbackSource fallback;
    private final StopSignal stop = new StopSignal();

    public Sync(SyncResources resources, ProgressListener progress) {
        this(resources, progress, FallbackSource.none());
    }

    /// @param fallback for what the source could not give
    public Sync(SyncResources resources, ProgressListener progress, FallbackSource fallback) {
        this(resources, progress, FailpointListener.none(), ChunkBounds.defaults(), fallback);
    }

    /// @param failpoints called at the moments between which a crash makes a difference
    Sync(
            SyncResources resources,
            ProgressListener progress,
            FailpointListener failpoints,
            ChunkBounds bounds,
            FallbackSource fallback) {
        this.resources = resources;
        this.progress = progress;
        this.failpoints = failpoints;
        this.bounds = bounds;
        this.fallback = fallback;
    }

    /// Runs until nothing is left, or nothing but work that is parked for longer than the request waits, or it is
    /// stopped.
    ///
    /// @throws RunFailure if it can't go on; what is staged is kept
    /// @throws IllegalArgumentException if the source does not have a requested dataset
    public SyncReport run(SyncRequest request) {
        for (Dataset dataset : request.datasets()) {
            if (!resources.source().profile().datasets().contains(dataset)) {
                throw new IllegalArgumentException("source " + resources.sourceName() + " has no " + dataset.label()
                        + ", only " + labels(resources.source().profile().datasets()));
            }
        }
        Instant startedAt = resources.clock().instant();
        Optional<Run> run = Optional.empty();
        try {
            RunPublisher publisher =
                    new RunPublisher(resources.ledger(), resources.lake(), request.codeVersion(), failpoints);
            RunOpener.OpenRun opened = new RunOpener(resources, request, publisher, progress).open();
            run = Optional.of(opened.run());
            resources.share().ifPresent(lease -> lease.onLost(stop::fail));
            return new SyncRun(opened, request, startedAt, publisher).follow();
        } catch (RunFailure | SourceFailure | DatabaseFailure | LakeException e) {
            throw failed(run, e);
        } catch (LeaseLost e) {
            throw new RunFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /// Requests that the run seals what it has and ends; it does within a few seconds.
    public void stop() {
        stop.request();
    }

    private RunFailure failed(Optional<Run> run, RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        if (run.isEmpty()) {
            return new RunFailure(message, cause);
        }
        String id = run.orElseThrow().id();
        try {
            // one that was publishing goes on publisher
            if (resources
                            .ledger()
                            .runs()
                            .find(id)
                            .filter(now -> now.state() != RunState.PUBLISHING)
                            .isPresent()
                    || cause instanceof RunFailure) {
                resources.ledger().runs().state(id, RunState.FAILED, message);
            }
        } catch (DatabaseFailure e) {
            log.warn("run {} could not be noted as failed: {}", id, e.getMessage());
        }
        if (cause instanceof RunFailure failed) {
            return failed;
        }
        // what is damaged has said itself what to do, and the same command would fail on it again
        String next = cause instanceof LakeDamaged ? "" : "; the same command continues from there";
        return new RunFailure(message + ". What run " + id + " has staged is kept" + next, cause);
    }

    private static String labels(Collection<Dataset> datasets) {
        return datasets.stream().sorted().map(Dataset::label).collect(Collectors.joining(", "));
    }

    /// One run from its plan to its report.
    private final class SyncRun {
        private final RunContext run;
        private final Instant startedAt;
        private final RunPublisher publisher;
        private final List<TableCommit> committed;
        private final Ledger ledger = resources.ledger();
        private final ItemProgress itemProgress = new ItemProgress();

        SyncRun(RunOpener.OpenRun opened, SyncRequest request, Instant startedAt, RunPublisher publisher) {
            this.run = new RunContext(resources, opened.run(), request, fresh(startedAt), failpoints);
            this.committed = new ArrayList<>(opened.committed());
            this.startedAt = startedAt;
            this.publisher = publisher;
        }

        SyncReport follow() {
            plan();
            resources
                    .pacer()
                    .ifPresent(pacer -> pacer.restore(ledger.limitStates().load(resources.sourceName())));
            ResolutionBuffer resolutions = new ResolutionBuffer(ledger, resources.sourceName());
            ProgressMeter meter = new ProgressMeter(run, itemProgress, progress);
            AlertSender alerts = new AlertSender(ledger.alerts(), run.request().webhooks(), stop, run.clock());
            try (alerts;
                    RunCheckpointer checkpointer = checkpointer(resolutions, meter, new DeadlineAlert(run, alerts))) {
                alerts.sendInBackground();
                boolean stopped = fetch(resolutions, meter);
                checkpointer.checkpoint();
                if (stopped) {
                    return stopped();
                }
                meter.phase(ProgressReport.Phase.PUBLISHING);
                return published(alerts);
            }
        }

        private RunCheckpointer checkpointer(
                ResolutionBuffer resolutions, ProgressMeter meter, DeadlineAlert deadline) {
            Runnable afterwards = () -> deadline.check(meter.report());
            return new RunCheckpointer(run, resolutions, afterwards, stop::fail).start();
        }

        private void plan() {
            SettleWindow window = SettleWindow.at(startedAt, run.request().settleDays());
            ledger.transaction(() -> {
                for (Dataset dataset : run.request().datasets()) {
                    for (LocalDate day : run.days(dataset)) {
                        ledger.items().plan(run.runId(), dataset, day);
                        if (!(run.request().continuation() instanceof Continuation.Anew)) {
                            ledger.answered().skip(run.run(), dataset, day, answersFrom(window, day));
                        }
                        run.request()
                                .due(dataset, startedAt)
                                .ifPresent(due -> ledger.answered().skipRecent(run.run(), dataset, day, due));
                    }
                }
            });
            failpoints.reached(FailpointListener.Failpoint.PLANNED);
        }

        /// An answer that a later run than this has is good enough, however old this run is.
        private Instant answersFrom(SettleWindow window, LocalDate day) {
            Instant from = window.answersFrom(day);
            Instant begun = run.run().startedAt();
            return begun.isBefore(from) ? begun : from;
        }

        /// Fetches, round by round, until nothing is open; returns whether it was stopped.
        private boolean fetch(ResolutionBuffer resolutions, ProgressMeter meter) {
            try (LandingWriter landing = new LandingWriter(run, bounds, itemProgress, parts(), stop::fail).start()) {
                return resources.share().isEmpty()
                        ? new FetchRounds(run, landing, resolutions, itemProgress, meter, stop, progress).run()
                        : inPages(landing, resolutions, meter);
            }
        }

        /// What an earlier process parked is tried at once: a person started this run.
        private boolean inPages(LandingWriter landing, ResolutionBuffer resolutions, ProgressMeter meter) {
            ledger.items().makeDue(run.runId(), run.clock().instant());
            PageRounds rounds = new PageRounds(run, landing, resolutions, itemProgress, meter, stop, progress);
            rounds.open();
            return rounds.run();
        }

        private PartPublication parts() {
            return new PartPublication(run.request().publishEvery(), run.clock(), () -> {
                List<TableCommit> part = publisher.publish(run.run());
                committed.addAll(part);
                if (!part.isEmpty()) {
                    progress.say("published what has landed so far; the run goes on");
                }
            });
        }

        private SyncReport stopped() {
            ledger.runs().state(run.runId(), RunState.RUNNING, "stopped; the same command continues");
            return report(End.STOPPED, false);
        }

        private SyncReport published(AlertSender alerts) {
            ItemCounts counts = ledger.items().counts(run.runId());
            if (!counts.addsUp()) {
                throw new RunFailure("run " + run.runId() + " does not add up: " + counts.planned()
                        + " items were planned and " + counts.accounted() + " have an outcome, " + counts.open()
                        + " are open");
            }
            UnknownFieldNotes.note(run, progress);
            ledger.deadLetters().closeAnswered(run.run());
            committed.addAll(publisher.publish(run.run()));
            new RunAbandonment(ledger, resources.lake()).discardUnnoted(run.runId());
            fallback.settle(run.runId());
            RunState state = RunCompletion.settle(ledger, run.runId());
            SyncReport report = report(state == RunState.FINISHED ? End.FINISHED : End.INCOMPLETE, true);
            new RunAlerts(run).enqueueAll(report);
            alerts.send();
            return report;
        }

        private SyncReport report(End end, boolean accounted) {
            return SyncReportBuilder.build(run, end, accounted, committed, startedAt);
        }

        private Freshness fresh(Instant now) {
            return Freshness.of(
                    now,
                    resources.source().profile().resolvedIdsFresh(),
                    resources.source().profile().absentIdsFresh());
        }
    }
}
