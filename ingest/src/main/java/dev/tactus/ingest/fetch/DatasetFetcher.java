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

/// Fetches the open items of recordings whose ids are known: every dataset beside the others, each with workers of its
/// own, so that a slow endpoint holds up nobody.
final class DatasetFetcher {
    private final RunContext run;
    private final LandingWriter lander;

    DatasetFetcher(RunContext run, LandingWriter lander) {
        this.run = run;
        this.lander = lander;
    }

    /// Sets the workers of one round going.
    ///
    /// @param due parked items with a later time are left out
    /// @param later recordings to leave for the next round
    void start(WorkerGroup crew, Instant due, Predicate<Isrc> later) {
        for (Dataset dataset : run.request().datasets()) {
            List<BatchQueue> batches = run.days(dataset).stream()
                    .map(day -> new BatchQueue(run, dataset, day, due, later))
                    .toList();
            AtomicInteger working = new AtomicInteger(run.request().concurrency());
            for (int i = 0; i < run.request().concurrency(); i++) {
                crew.fork(() -> work(batches, working));
            }
        }
    }

    private void work(List<BatchQueue> days, AtomicInteger working) throws InterruptedException {
        for (BatchQueue batches : days) {
            for (Optional<RequestBatch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                fetch(batches, batch.orElseThrow());
            }
        }
        // the last to finish makes the last calls: nobody can put anything back any more
        if (working.decrementAndGet() == 0) {
            for (BatchQueue batches : days) {
                for (Optional<RequestBatch> batch = batches.lastCall(); batch.isPresent(); batch = batches.lastCall()) {
                    fetch(batches, batch.orElseThrow());
                }
            }
        }
    }

    private void fetch(BatchQueue batches, RequestBatch batch) throws InterruptedException {
        if (!batch.absent().isEmpty()) {
            lander.bring(FetchedBatch.of(batch.absent().stream()
                    .map(isrc -> SettledItem.without(
                            isrc, batches.dataset(), batches.day(), ItemState.NOT_FOUND, IsrcResolver.NOT_IN_SEARCH))
                    .toList()));
        }
        if (!batch.askings().isEmpty()) {
            lander.bring(new BatchFetch(batches, batch).make());
        }
    }

    /// One batch being asked for, and what came of it.
    private final class BatchFetch {
        private final BatchQueue batches;
        private final RequestBatch batch;
        private final List<RecordedExchange> payloads = new ArrayList<>();
        private final List<RejectedPayload> setAside = new ArrayList<>();
        private final List<FetchedTrack> readings = new ArrayList<>();

        BatchFetch(BatchQueue batches, RequestBatch batch) {
            this.batches = batches;
            this.batch = batch;
        }

        FetchedBatch make() throws InterruptedException {
            List<RequestedTrack> wanted = batch.wanted();
            for (int from = 0; from < wanted.size(); from += batches.size()) {
                List<RequestedTrack> part = wanted.subList(from, Math.min(wanted.size(), from + batches.size()));
                switch (run.source().fetch(batches.dataset(), part, batches.day())) {
                    case FetchResult.Fetched fetched -> read(fetched.readings(), fetched.exchange());
                    case FetchResult.Refused refused ->
                        read(
                                part.stream()
                                        .map(asked ->
                                                new TrackResponse(asked, new TrackOutcome.Rejected(refused.why())))
                                        .toList(),
                                refused.exchange());
                    case FetchResult.Parked parked -> {
                        return parked(parked);
                    }
                }
            }
            return new FetchedBatch(payloads, settled(), setAside);
        }

        private void read(List<TrackResponse> answered, RecordedExchange exchange) {
            payloads.add(exchange);
            PayloadRef evidence = PayloadRef.of(exchange);
            for (TrackResponse one : answered) {
                readings.add(new FetchedTrack(one.asked(), one.reading(), evidence));
                if (one.reading() instanceof TrackOutcome.Rejected rejected) {
                    setAside.add(new RejectedPayload(
                            one.asked().isrc(), batches.dataset(), batches.day(), rejected.why(), exchange));
                }
            }
        }

        private List<SettledItem> settled() {
            List<SettledItem> settled = new ArrayList<>();
            int next = 0;
            for (RecordingRequest asking : batch.askings()) {
                List<FetchedTrack> all = asking.with(
                        readings.subList(next, next + asking.wanted().size()));
                next += asking.wanted().size();
                if (!asking.second() && all.stream().anyMatch(RecordingRequest::missing)) {
                    batches.again(RecordingRequest.again(asking.isrc(), all));
                } else {
                    settled.add(SettledItem.judged(
                            asking.isrc(), batches.dataset(), batches.day(), all, run.pendingRetry()));
                }
            }
            return settled;
        }

        private FetchedBatch parked(FetchResult.Parked parked) {
            String reason = parked.reason().name().toLowerCase(Locale.ROOT);
            return new FetchedBatch(
                    payloads,
                    batch.askings().stream()
                            .map(asking -> SettledItem.parked(
                                    asking.isrc(), batches.dataset(), batches.day(), parked.until(), reason))
                            .toList(),
                    setAside);
        }
    }
}
