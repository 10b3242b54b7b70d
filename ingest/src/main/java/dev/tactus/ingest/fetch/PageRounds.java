package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.StopSignal;
import dev.tactus.ingest.context.WorkerGroup;
import dev.tactus.ingest.landing.ItemProgress;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.plan.RequestWorkload;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.ledger.work.PageCounts;
import dev.tactus.ledger.work.RunPage;
import dev.tactus.ledger.work.Worker;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.response.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Fetches a run beside other processes: claims a page, fetches all that is due in it, gives it back, until nothing is
/// left that nobody has.
///
/// Several lanes do so at a time, so that the end of one page is filled by the next.
public final class PageRounds {
    private static final int LANES = 2;
    private static final Duration LOOK = Duration.ofMillis(500);
    /// Counting reads every item.
    private static final Duration COUNT = Duration.ofSeconds(20);

    private final RunContext run;
    private final LandingWriter landing;
    private final ResolutionBuffer resolutions;
    private final ItemProgress itemProgress;
    private final ProgressMeter meter;
    private final StopSignal stop;
    private final ProgressListener progress;
    private final long worker;
    private final Duration patience;
    private Instant counted = Instant.MIN;
    private Duration waited = Duration.ZERO;

    public PageRounds(
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
        this.worker = run.resources().share().orElseThrow().number();
        this.patience = run.request().maxWait();
    }

    /// Divides the run into pages, where it is not divided yet, and opens those in which something is due.
    public void open() {
        SourceProfile profile = run.source().profile();
        int batch = run.request().datasets().stream()
                .mapToInt(profile::batchSize)
                .max()
                .orElse(1);
        run.ledger().pages().open(run.runId(), batch);
    }

    /// Runs until nothing is left that can be fetched, here or by others; returns whether it was stopped before.
    public boolean run() {
        boolean interrupted = false;
        try (WorkerGroup lanes = new WorkerGroup("tactus-page")) {
            stop.watch(lanes);
            for (int lane = 0; lane < LANES; lane++) {
                lanes.fork(this::lane);
            }
            lanes.join();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (SourceFailure e) {
            // what came in before is worth keeping
            landing.flush();
            throw e;
        }
        landing.flush();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return interrupted || stop.requested();
    }

    private void lane() throws InterruptedException {
        while (!stop.requested() && isOpen()) {
            Optional<RunPage> page = leavesToOthers()
                    ? Optional.empty()
                    : run.ledger()
                            .pages()
                            .claim(run.runId(), worker, run.clock().instant());
            if (page.isPresent()) {
                fetch(page.orElseThrow());
            } else if (!await()) {
                return;
            }
        }
    }

    /// Whether somebody still wants it fetched.
    private boolean isOpen() {
        return run.ledger()
                .runs()
                .find(run.runId())
                .map(now -> now.state())
                .filter(state -> state == RunState.RUNNING || state == RunState.PUBLISHING)
                .isPresent();
    }

    /// A budget of this process is not that of the others: as long as there are any, they fetch what is left.
    private boolean leavesToOthers() {
        return run.source().outOfBudget()
                && run.ledger().workers().list().stream().map(Worker::number).anyMatch(other -> other != worker);
    }

    private void fetch(RunPage page) throws InterruptedException {
        try {
            Instant due = run.clock().instant();
            while (!stop.requested() && run.ledger().items().isOpen(run.runId(), due, page.range())) {
                count();
                meter.phase(ProgressReport.Phase.FETCHING);
                boolean changed = new FetchRound(run, landing, resolutions).run(due, page.range(), _ -> {});
                if (!changed && !stop.requested() && run.ledger().items().isOpen(run.runId(), due, page.range())) {
                    throw new RunFailure("items are open in page " + page.number() + " of run " + run.runId()
                            + " and nothing would fetch them; this is a bug in Tactus");
                }
            }
        } finally {
            // before it is given back: whoever has it next fetches what is not recorded
            landing.flush();
            run.ledger().pages().giveBack(page, worker);
        }
    }

    /// Waits for what others have claimed, and for what is parked; returns whether something may come.
    private synchronized boolean await() throws InterruptedException {
        run.ledger()
                .workers()
                .endDead()
                .forEach(dead -> progress.say(dead.describe()
                        + " does not live any more; what it had claimed and not recorded is fetched again"));
        PageCounts counts = run.ledger().pages().counts(run.runId());
        if (counts.claimed() == 0) {
            Optional<Duration> due =
                    counts.nextDue().map(next -> Duration.between(run.clock().instant(), next));
            if (due.isEmpty()
                    || run.source().outOfBudget()
                    || due.orElseThrow().plus(waited).compareTo(patience) > 0) {
                return false;
            }
            waited = waited.plus(LOOK);
        }
        meter.phase(ProgressReport.Phase.WAITING);
        stop.await(LOOK);
        return true;
    }

    private synchronized void count() {
        Instant now = run.clock().instant();
        if (counted.plus(COUNT).isBefore(now)) {
            itemProgress.reset(run.ledger().items().counts(run.runId()));
            meter.expect(RequestWorkload.left(run).requests());
            counted = now;
        }
    }
}
