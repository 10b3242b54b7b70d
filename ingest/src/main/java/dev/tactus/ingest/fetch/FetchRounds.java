package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.StopSignal;
import dev.tactus.ingest.context.WorkerGroup;
import dev.tactus.ingest.landing.ItemProgress;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.plan.RequestWorkload;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.source.response.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Fetches round by round: each searches for ids that are missing and fetches what has them, at the same time. Another
/// round follows while one leaves something open, and, up to the longest wait, when parked work comes due.
public final class FetchRounds {
    /// Parked work comes due one by one; a little later it makes full batches.
    private static final Duration GATHERING = Duration.ofSeconds(1);

    private final RunContext run;
    private final LandingWriter lander;
    private final ResolutionBuffer resolutions;
    private final ItemProgress tally;
    private final ProgressMeter meter;
    private final StopSignal stop;
    private final ProgressListener progress;
    private Duration patience;

    public FetchRounds(
            RunContext run,
            LandingWriter lander,
            ResolutionBuffer resolutions,
            ItemProgress tally,
            ProgressMeter meter,
            StopSignal stop,
            ProgressListener progress) {
        this.run = run;
        this.lander = lander;
        this.resolutions = resolutions;
        this.tally = tally;
        this.meter = meter;
        this.stop = stop;
        this.progress = progress;
        this.patience = run.request().maxWait();
    }

    /// Goes on until nothing is left that can be had, and tells whether it was stopped before that.
    public boolean go() {
        // what an earlier process has parked is tried at once: somebody asked for it
        Instant due = run.whenever();
        try {
            while (!stop.asked()) {
                boolean moved = round(due);
                ItemCounts counts = count();
                if (stop.asked()) {
                    break;
                }
                due = run.clock().instant();
                if (counts.open() > 0) {
                    if (!moved) {
                        throw new RunFailure(counts.open()
                                + " items are open and nothing would fetch them; this is a fault" + " of the program");
                    }
                } else if (wait(counts, due)) {
                    due = run.clock().instant();
                } else {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SourceFailure e) {
            // what came in before is worth keeping
            lander.flush();
            throw e;
        }
        lander.flush();
        return true;
    }

    /// One round; tells whether it changed anything.
    private boolean round(Instant due) throws InterruptedException {
        count();
        meter.expect(RequestWorkload.left(run).requests());
        meter.phase(ProgressReport.Phase.FETCHING);
        long before = lander.settled() + resolutions.added();
        try (WorkerGroup crew = new WorkerGroup("tactus-fetch")) {
            stop.watch(crew);
            IsrcResolver resolving = new IsrcResolver(run, lander, resolutions, due);
            resolving.start(crew);
            new DatasetFetcher(run, lander).start(crew, due, resolving::hasAnswered);
            crew.join();
        } finally {
            resolutions.flush();
        }
        run.steps().reached(FailpointListener.Failpoint.RESOLUTIONS_NOTED);
        lander.flush();
        return lander.settled() + resolutions.added() > before;
    }

    /// Waits until parked work is due; tells whether it is.
    private boolean wait(ItemCounts counts, Instant now) throws InterruptedException {
        Optional<Instant> due = run.ledger().items().nextDue(run.runId());
        if (due.isEmpty()) {
            return false;
        }
        Duration needed = Duration.between(now, due.orElseThrow()).plus(GATHERING);
        needed = needed.compareTo(GATHERING) < 0 ? GATHERING : needed;
        if (needed.compareTo(patience) > 0) {
            return false;
        }
        patience = patience.minus(needed);
        progress.say(counts.of(ItemState.PARKED) + " items are parked; the first is due at " + due.orElseThrow());
        meter.phase(ProgressReport.Phase.WAITING);
        stop.await(needed);
        return true;
    }

    private ItemCounts count() {
        ItemCounts counts = run.ledger().items().counts(run.runId());
        tally.reset(counts);
        return counts;
    }
}
