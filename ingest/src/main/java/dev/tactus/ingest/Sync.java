package dev.tactus.ingest;

import dev.tactus.ingest.SyncReport.End;
import dev.tactus.lake.Committed;
import dev.tactus.lake.LakeException;
import dev.tactus.ledger.Freshness;
import dev.tactus.ledger.ItemCounts;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerFailure;
import dev.tactus.ledger.Run;
import dev.tactus.ledger.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.source.SourceFailure;
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

    private final SyncParts parts;
    private final Progress progress;
    private final Steps steps;
    private final ChunkBounds bounds;
    private final StandIn standIn;
    private final Stop stop = new Stop();

    public Sync(SyncParts parts, Progress progress) {
        this(parts, progress, StandIn.none());
    }

    /// @param standIn asked for what the source could not give
    public Sync(SyncParts parts, Progress progress, StandIn standIn) {
        this(parts, progress, Steps.uneventful(), ChunkBounds.defaults(), standIn);
    }

    /// @param steps told of the moments between which a crash makes a difference
    Sync(SyncParts parts, Progress progress, Steps steps, ChunkBounds bounds, StandIn standIn) {
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
                        + ", only " + Labels.of(parts.source().datasets()));
            }
        }
        Instant startedAt = parts.clock().instant();
        Optional<Run> run = Optional.empty();
        try {
            Publishing publishing = new Publishing(parts.ledger(), parts.lake(), request.codeVersion(), steps);
            Opening.Opened opened = new Opening(parts, request, publishing, progress).open();
            run = Optional.of(opened.run());
            return new Course(opened, request, startedAt, publishing).follow();
        } catch (RunFailed | SourceFailure | LedgerFailure | LakeException e) {
            throw failed(run, e);
        }
    }

    /// Asks the run to seal what it has and to leave; it does within a few seconds.
    public void stop() {
        stop.ask();
    }

    private RunFailed failed(Optional<Run> run, RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        if (run.isEmpty()) {
            return new RunFailed(message, cause);
        }
        String id = run.orElseThrow().id();
        try {
            // one that was publishing goes on publishing
            if (parts.ledger()
                            .runs()
                            .find(id)
                            .filter(now -> now.state() != RunState.PUBLISHING)
                            .isPresent()
                    || cause instanceof RunFailed) {
                parts.ledger().runs().state(id, RunState.FAILED, message);
            }
        } catch (LedgerFailure e) {
            LOG.warn("run {} could not be noted as failed: {}", id, e.getMessage());
        }
        if (cause instanceof RunFailed failed) {
            return failed;
        }
        return new RunFailed(
                message + ". What run " + id + " has staged is kept; the same command goes on from there", cause);
    }

    /// The way of one run, from its plan to its report.
    private final class Course {
        private final RunContext run;
        private final Instant startedAt;
        private final Publishing publishing;
        private final List<Committed> committed;
        private final Ledger ledger = parts.ledger();
        private final Tally tally = new Tally();

        Course(Opening.Opened opened, SyncRequest request, Instant startedAt, Publishing publishing) {
            this.run = new RunContext(parts, opened.run(), request, fresh(startedAt), steps);
            this.committed = new ArrayList<>(opened.committed());
            this.startedAt = startedAt;
            this.publishing = publishing;
        }

        SyncReport follow() {
            plan();
            parts.pacer().restore(ledger.limitStates().load(parts.sourceName()));
            ResolutionLog resolutions = new ResolutionLog(ledger, parts.sourceName());
            Meter meter = new Meter(run, tally, progress);
            Outbox outbox = new Outbox(ledger.alerts(), run.request().webhooks(), stop, FIRST_PAUSE);
            try (outbox;
                    Heartbeat heartbeat = heartbeat(resolutions, meter, new DeadlineWatch(run, outbox))) {
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

        private Heartbeat heartbeat(ResolutionLog resolutions, Meter meter, DeadlineWatch deadline) {
            Runnable afterwards = () -> {
                meter.tell();
                deadline.look();
            };
            return new Heartbeat(run, resolutions, afterwards, stop::fail).start();
        }

        private void plan() {
            ledger.transaction(() -> {
                for (Dataset dataset : run.request().datasets()) {
                    run.days(dataset).forEach(day -> ledger.items().plan(run.runId(), dataset, day));
                }
            });
            steps.reached(Steps.Step.PLANNED);
        }

        /// Fetches, round by round, until nothing is open; tells whether it was stopped.
        private boolean fetch(ResolutionLog resolutions, Meter meter) {
            try (Lander lander = new Lander(run, bounds, tally, stop::fail).start()) {
                return new Rounds(run, lander, resolutions, tally, meter, stop, progress).go();
            }
        }

        private SyncReport stopped() {
            ledger.runs().state(run.runId(), RunState.RUNNING, "stopped; the same command goes on");
            return report(End.STOPPED, false);
        }

        private SyncReport published(Outbox outbox) {
            ItemCounts counts = ledger.items().counts(run.runId());
            if (!counts.addsUp()) {
                throw new RunFailed("run " + run.runId() + " does not add up: " + counts.planned()
                        + " items were planned and " + counts.accounted() + " have an outcome, " + counts.open()
                        + " are open");
            }
            UnknownFields.note(run, progress);
            committed.addAll(publishing.publish(run.run()));
            standIn.settle(run.runId());
            RunState state = Ending.settle(ledger, run.runId());
            SyncReport report = report(state == RunState.FINISHED ? End.FINISHED : End.INCOMPLETE, true);
            new AlertMessages(run).enqueueAll(report);
            outbox.send();
            return report;
        }

        private SyncReport report(End end, boolean accounted) {
            return Reporting.report(run, end, accounted, committed, startedAt);
        }

        private Freshness fresh(Instant now) {
            return Freshness.since(
                    now.minus(parts.source().profile().resolvedIdsFresh()),
                    now.minus(parts.source().profile().absentIdsFresh()));
        }
    }
}
