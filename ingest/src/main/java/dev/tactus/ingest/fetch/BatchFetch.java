package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.landing.FetchedBatch;
import dev.tactus.ingest.landing.FetchedTrack;
import dev.tactus.ingest.landing.PayloadRef;
import dev.tactus.ingest.landing.RejectedPayload;
import dev.tactus.ingest.landing.SettledItem;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.ParkReason;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.TrackOutcome;
import dev.tactus.source.response.TrackResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The requests of one batch and their results.
///
/// Where a request fails as a whole, its halves are requested, and so on, until the track that is the reason stands
/// alone: the others land. Used by one thread.
final class BatchFetch {
    private static final int NOT_FOUND = 404;

    private final RunContext run;
    private final BatchQueue batches;
    private final RequestBatch batch;
    private final AnswerStreak answers;
    private final List<RecordedExchange> payloads = new ArrayList<>();
    private final List<RejectedPayload> rejectedPayloads = new ArrayList<>();
    private final Map<RequestedTrack, List<FetchedTrack>> tracks = new HashMap<>();
    private final Map<RequestedTrack, FetchResult.Parked> parked = new HashMap<>();
    private Optional<FetchResult.Parked> outage = Optional.empty();

    BatchFetch(RunContext run, BatchQueue batches, RequestBatch batch, AnswerStreak answers) {
        this.run = run;
        this.batches = batches;
        this.batch = batch;
        this.answers = answers;
    }

    FetchedBatch fetch() throws InterruptedException {
        List<RequestedTrack> wanted = batch.wanted();
        for (int from = 0; from < wanted.size(); from += batches.size()) {
            fetch(wanted.subList(from, Math.min(wanted.size(), from + batches.size())));
        }
        List<SettledItem> settled = new ArrayList<>();
        for (RecordingRequest request : batch.requests()) {
            settle(request).ifPresent(settled::add);
        }
        return new FetchedBatch(payloads, settled, rejectedPayloads);
    }

    private void fetch(List<RequestedTrack> slice) throws InterruptedException {
        if (outage.isPresent()) {
            park(slice, outage.orElseThrow());
            return;
        }
        switch (run.source().fetch(batches.dataset(), slice, batches.day())) {
            case FetchResult.Fetched fetched
            when fetched.exchange().httpStatus() == NOT_FOUND -> {
                answers.useless();
                payloads.add(fetched.exchange());
                if (!halve(slice)) {
                    read(fetched.tracks(), fetched.exchange());
                }
            }
            case FetchResult.Fetched fetched -> {
                answers.good();
                payloads.add(fetched.exchange());
                read(fetched.tracks(), fetched.exchange());
            }
            case FetchResult.Rejected rejected -> {
                answers.useless();
                payloads.add(rejected.exchange());
                if (!halve(slice)) {
                    TrackOutcome outcome = new TrackOutcome.Rejected(rejected.rejection());
                    read(
                            slice.stream()
                                    .map(track -> new TrackResponse(track, outcome))
                                    .toList(),
                            rejected.exchange());
                }
            }
            case FetchResult.Parked error
            when error.reason() == ParkReason.RETRIES_SPENT -> {
                answers.useless();
                if (!halve(slice)) {
                    park(slice, error);
                }
            }
            case FetchResult.Parked other -> {
                outage = Optional.of(other);
                park(slice, other);
            }
        }
    }

    private boolean halve(List<RequestedTrack> slice) throws InterruptedException {
        if (slice.size() == 1 || !answers.worthHalving()) {
            return false;
        }
        int middle = slice.size() / 2;
        fetch(slice.subList(0, middle));
        fetch(slice.subList(middle, slice.size()));
        return true;
    }

    private void park(List<RequestedTrack> slice, FetchResult.Parked result) {
        slice.forEach(track -> parked.put(track, result));
    }

    private void read(List<TrackResponse> responses, RecordedExchange exchange) {
        PayloadRef payload = PayloadRef.of(exchange);
        for (TrackResponse one : responses) {
            tracks.computeIfAbsent(one.requested(), _ -> new ArrayList<>())
                    .add(new FetchedTrack(one.track(), one.outcome(), payload));
            if (one.outcome() instanceof TrackOutcome.Rejected rejected) {
                rejectedPayloads.add(new RejectedPayload(
                        one.requested().isrc(), batches.dataset(), batches.day(), rejected.rejection(), exchange));
            }
        }
    }

    /// What became of a recording; empty where it is requested once more.
    private Optional<SettledItem> settle(RecordingRequest request) {
        Optional<FetchResult.Parked> waiting = request.wanted().stream()
                .map(parked::get)
                .filter(Objects::nonNull)
                .findFirst();
        if (waiting.isPresent()) {
            FetchResult.Parked result = waiting.orElseThrow();
            return Optional.of(SettledItem.parked(
                    request.isrc(),
                    batches.dataset(),
                    batches.day(),
                    result.until(),
                    result.reason().name().toLowerCase(Locale.ROOT)));
        }
        List<FetchedTrack> all = request.with(request.wanted().stream()
                .flatMap(track -> Objects.requireNonNull(tracks.get(track)).stream())
                .toList());
        if (!request.retry() && all.stream().anyMatch(RecordingRequest::missing)) {
            batches.retry(RecordingRequest.retry(request.isrc(), all));
            return Optional.empty();
        }
        return Optional.of(
                SettledItem.judged(request.isrc(), batches.dataset(), batches.day(), all, run.pendingRetry()));
    }
}
