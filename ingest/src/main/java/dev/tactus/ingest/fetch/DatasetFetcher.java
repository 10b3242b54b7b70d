package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.WorkerGroup;
import dev.tactus.ingest.landing.FetchedBatch;
import dev.tactus.ingest.landing.FetchedTrack;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.landing.PayloadRef;
import dev.tactus.ingest.landing.RejectedPayload;
import dev.tactus.ingest.landing.SettledItem;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.TrackOutcome;
import dev.tactus.source.response.TrackResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    /// @param later recordings to leave for the next round
    void start(WorkerGroup workers, Instant due, Predicate<Isrc> later) {
        for (Dataset dataset : run.request().datasets()) {
            List<BatchQueue> batches = run.days(dataset).stream()
                    .map(day -> new BatchQueue(run, dataset, day, due, later))
                    .toList();
            AtomicInteger working = new AtomicInteger(run.request().concurrency());
            for (int i = 0; i < run.request().concurrency(); i++) {
                workers.fork(() -> work(batches, working));
            }
        }
    }

    private void work(List<BatchQueue> days, AtomicInteger working) throws InterruptedException {
        for (BatchQueue batches : days) {
            for (Optional<RequestBatch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                fetch(batches, batch.orElseThrow());
            }
        }
        // the last to finish sends what is left: nobody can add a retry any more
        if (working.decrementAndGet() == 0) {
            for (BatchQueue batches : days) {
                for (Optional<RequestBatch> batch = batches.remaining();
                        batch.isPresent();
                        batch = batches.remaining()) {
                    fetch(batches, batch.orElseThrow());
                }
            }
        }
    }

    private void fetch(BatchQueue batches, RequestBatch batch) throws InterruptedException {
        if (!batch.absent().isEmpty()) {
            landing.add(FetchedBatch.of(batch.absent().stream()
                    .map(isrc -> SettledItem.without(
                            isrc, batches.dataset(), batches.day(), ItemState.NOT_FOUND, IsrcResolver.NOT_IN_SEARCH))
                    .toList()));
        }
        if (!batch.requests().isEmpty()) {
            landing.add(new BatchFetch(batches, batch).fetch());
        }
    }

    /// The requests of one batch and their results.
    private final class BatchFetch {
        private final BatchQueue batches;
        private final RequestBatch batch;
        private final List<RecordedExchange> payloads = new ArrayList<>();
        private final List<RejectedPayload> rejectedPayloads = new ArrayList<>();
        private final List<FetchedTrack> tracks = new ArrayList<>();

        BatchFetch(BatchQueue batches, RequestBatch batch) {
            this.batches = batches;
            this.batch = batch;
        }

        FetchedBatch fetch() throws InterruptedException {
            List<RequestedTrack> wanted = batch.wanted();
            for (int from = 0; from < wanted.size(); from += batches.size()) {
                List<RequestedTrack> slice = wanted.subList(from, Math.min(wanted.size(), from + batches.size()));
                switch (run.source().fetch(batches.dataset(), slice, batches.day())) {
                    case FetchResult.Fetched fetched -> read(fetched.tracks(), fetched.exchange());
                    case FetchResult.Rejected rejected ->
                        read(
                                slice.stream()
                                        .map(track -> new TrackResponse(
                                                track, new TrackOutcome.Rejected(rejected.rejection())))
                                        .toList(),
                                rejected.exchange());
                    case FetchResult.Parked parked -> {
                        return parked(parked);
                    }
                }
            }
            return new FetchedBatch(payloads, settled(), rejectedPayloads);
        }

        private void read(List<TrackResponse> responses, RecordedExchange exchange) {
            payloads.add(exchange);
            PayloadRef payload = PayloadRef.of(exchange);
            for (TrackResponse one : responses) {
                tracks.add(new FetchedTrack(one.requested(), one.outcome(), payload));
                if (one.outcome() instanceof TrackOutcome.Rejected rejected) {
                    rejectedPayloads.add(new RejectedPayload(
                            one.requested().isrc(), batches.dataset(), batches.day(), rejected.rejection(), exchange));
                }
            }
        }

        private List<SettledItem> settled() {
            List<SettledItem> settled = new ArrayList<>();
            int next = 0;
            for (RecordingRequest request : batch.requests()) {
                List<FetchedTrack> all = request.with(
                        tracks.subList(next, next + request.wanted().size()));
                next += request.wanted().size();
                if (!request.retry() && all.stream().anyMatch(RecordingRequest::missing)) {
                    batches.retry(RecordingRequest.retry(request.isrc(), all));
                } else {
                    settled.add(SettledItem.judged(
                            request.isrc(), batches.dataset(), batches.day(), all, run.pendingRetry()));
                }
            }
            return settled;
        }

        private FetchedBatch parked(FetchResult.Parked parked) {
            String reason = parked.reason().name().toLowerCase(Locale.ROOT);
            return new FetchedBatch(
                    payloads,
                    batch.requests().stream()
                            .map(request -> SettledItem.parked(
                                    request.isrc(), batches.dataset(), batches.day(), parked.until(), reason))
                            .toList(),
                    rejectedPayloads);
        }
    }
}
