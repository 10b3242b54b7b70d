package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.StopSignal;
import dev.tactus.ingest.landing.ItemProgress;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.plan.RequestWorkload;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ledger.catalog.PlanRange;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.identifiers.MessageText;
import dev.tactus.source.response.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Fetches round by round: each searches for missing ids and fetches what has them, concurrently. Another round follows
/// while one leaves something open, and, within the longest wait, when parked work comes due.
public final class FetchRounds {
    /// Parked work comes due item by item; a little later it makes full batches.
    private static final Duration BATCHING_DELAY = Duration.ofSeconds(1);

    private final RunContext run;
    private final LandingWriter landing;
    private final ResolutionBuffer resolutions;
    private final ItemProgress itemProgress;
    private final ProgressMeter meter;
    private final StopSignal stop;
    private final ProgressListener progress;
    private Duration waitLeft;

    public FetchRounds(
            RunContext run,
            LandingWriter landing,
            ResolutionBuffer resolutions,
            ItemProgress itemProgress,
            ProgressMeter meter,
            StopSignal stop,
            ProgressListener progress) {
        this.run = run;
        this.landing = landing;
        this.resolutions = resolutions;
        this.itemProgress = itemProgress;
        this.meter = meter;
        this.stop = stop;
        this.progress = progress;
        this.waitLeft = run.request().maxWait();
    }

    /// Runs until nothing is left that can be fetched; returns whether it was stopped before.
    public boolean run() {
        // what an earlier process parked is tried at once, in every round: a person started this run
        Instant start = run.clock().instant();
        Instant due = start;
        run.ledger().items().makeDue(run.runId(), due);
        try {
            while (!stop.requested()) {
                boolean changed = round(due);
                ItemCounts counts = count();
                if (stop.requested()) {
                    break;
                }
                due = run.clock().instant();
                if (counts.open() > 0) {
                    if (!changed) {
                        throw new RunFailure(counts.open()
                                + " items are open and nothing would fetch them; this is a bug in Tactus");
                    }
                } else if (!(changed && untried(start))) {
                    if (!wait(counts, due)) {
                        return false;
                    }
                    due = run.clock().instant();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SourceFailure e) {
            // what came in before is worth keeping
            landing.flush();
            throw e;
        }
        landing.flush();
        return true;
    }

    /// One round; returns whether it changed anything.
    private boolean round(Instant due) throws InterruptedException {
        count();
        meter.expect(RequestWorkload.left(run).requests());
        meter.phase(ProgressReport.Phase.FETCHING);
        return new FetchRound(run, landing, resolutions).run(due, PlanRange.ALL, stop::watch);
    }

    /// Whether something is parked since before this run was started, and was not tried since: a search of the last
    /// round has found its ids.
    private boolean untried(Instant start) {
        return run.ledger()
                .items()
                .nextDue(run.runId())
                .filter(first -> !first.isAfter(start))
                .isPresent();
    }

    /// Waits until parked work is due; returns whether it is.
    private boolean wait(ItemCounts counts, Instant now) throws InterruptedException {
        Optional<Instant> due = run.ledger().items().nextDue(run.runId());
        if (due.isEmpty() || run.source().outOfBudget()) {
            return false;
        }
        Duration needed = Duration.between(now, due.orElseThrow()).plus(BATCHING_DELAY);
        needed = needed.compareTo(BATCHING_DELAY) < 0 ? BATCHING_DELAY : needed;
        if (needed.compareTo(waitLeft) > 0) {
            return false;
        }
        waitLeft = waitLeft.minus(needed);
        progress.say(
                MessageText.counted(counts.of(ItemState.PARKED), "item is parked; it", "items are parked; the first")
                        + " is due at " + due.orElseThrow());
        meter.phase(ProgressReport.Phase.WAITING);
        stop.await(needed);
        return true;
    }

    private ItemCounts count() {
        ItemCounts counts = run.ledger().items().counts(run.runId());
        itemProgress.reset(counts);
        return counts;
    }
}
