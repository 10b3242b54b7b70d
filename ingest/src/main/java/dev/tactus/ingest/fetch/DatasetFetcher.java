package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.WorkerGroup;
import dev.tactus.ingest.landing.FetchedBatch;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.landing.SettledItem;
import dev.tactus.ledger.catalog.PlanRange;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Fetches the open items of recordings whose ids are known: all datasets concurrently, each with its own workers, so
/// that a slow endpoint delays no other.
final class DatasetFetcher {
    private final RunContext run;
    private final LandingWriter landing;

    DatasetFetcher(RunContext run, LandingWriter landing) {
        this.run = run;
        this.landing = landing;
    }

    /// Starts the workers of one round.
    ///
    /// @param due parked items with a later time are left out
    /// @param range the part of the run
    /// @param later recordings to leave for the next round
    void start(WorkerGroup workers, Instant due, PlanRange range, Predicate<Isrc> later) {
        for (Dataset dataset : run.request().datasets()) {
            List<BatchQueue> batches = run.days(dataset).stream()
                    .map(day -> new BatchQueue(run, dataset, day, due, range, later))
                    .toList();
            AnswerStreak answers = new AnswerStreak();
            AtomicInteger working = new AtomicInteger(run.request().concurrency());
            for (int i = 0; i < run.request().concurrency(); i++) {
                workers.fork(() -> work(batches, answers, working));
            }
        }
    }

    private void work(List<BatchQueue> days, AnswerStreak answers, AtomicInteger working) throws InterruptedException {
        for (BatchQueue batches : days) {
            for (Optional<RequestBatch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                fetch(batches, batch.orElseThrow(), answers);
            }
        }
        // the last to finish sends what is left: nobody can add a retry any more
        if (working.decrementAndGet() == 0) {
            for (BatchQueue batches : days) {
                for (Optional<RequestBatch> batch = batches.remaining();
                        batch.isPresent();
                        batch = batches.remaining()) {
                    fetch(batches, batch.orElseThrow(), answers);
                }
            }
        }
    }

    private void fetch(BatchQueue batches, RequestBatch batch, AnswerStreak answers) throws InterruptedException {
        if (!batch.absent().isEmpty()) {
            landing.add(FetchedBatch.of(batch.absent().stream()
                    .map(isrc -> SettledItem.without(
                            isrc, batches.dataset(), batches.day(), ItemState.NOT_FOUND, IsrcResolver.NOT_IN_SEARCH))
                    .toList()));
        }
        if (!batch.requests().isEmpty()) {
            landing.add(new BatchFetch(run, batches, batch, answers).fetch());
        }
    }
}
