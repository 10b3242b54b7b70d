package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.WorkerGroup;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ledger.catalog.PlanRange;
import java.time.Instant;
import java.util.function.Consumer;

/// One round over a run, or a part of it: searches for missing ids and fetches what has them, concurrently.
final class FetchRound {
    private final RunContext run;
    private final LandingWriter landing;
    private final ResolutionBuffer resolutions;

    FetchRound(RunContext run, LandingWriter landing, ResolutionBuffer resolutions) {
        this.run = run;
        this.landing = landing;
        this.resolutions = resolutions;
    }

    /// Does it; returns whether it changed anything.
    ///
    /// @param due parked items with a later time are left out
    /// @param watch is given the threads that work
    boolean run(Instant due, PlanRange range, Consumer<WorkerGroup> watch) throws InterruptedException {
        long before = landing.settled() + resolutions.added();
        try (WorkerGroup workers = new WorkerGroup("tactus-fetch")) {
            watch.accept(workers);
            IsrcResolver resolver = new IsrcResolver(run, landing, resolutions, due, range);
            resolver.start(workers);
            new DatasetFetcher(run, landing).start(workers, due, range, resolver::hasResult);
            workers.join();
        } finally {
            resolutions.flush();
        }
        run.failpoints().reached(FailpointListener.Failpoint.RESOLUTIONS_NOTED);
        landing.flush();
        return landing.settled() + resolutions.added() > before;
    }
}
