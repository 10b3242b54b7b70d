package dev.tactus.ingest.fetch;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ledger.catalog.PlanPage;
import dev.tactus.ledger.catalog.PlanRange;
import dev.tactus.ledger.catalog.Resolution;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.RequestedTrack;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The batches of a dataset and day, made from the ledger's open items page by page as workers ask for them.
///
/// All tracks of a recording are in one batch. A recording without fresh ids is left for later. Tracks that were
/// missing are collected and requested once more, in full batches, or at the end in what is left. Thread-safe.
final class BatchQueue {
    private static final int PAGE_SIZE = 500;

    private final RunContext run;
    private final Dataset dataset;
    private final LocalDate day;
    private final Instant due;
    private final PlanRange range;
    private final Predicate<Isrc> later;
    private final int size;
    private final Deque<RecordingRequest> first = new ArrayDeque<>();
    private final Deque<RecordingRequest> retries = new ArrayDeque<>();
    private final List<Isrc> absent = new ArrayList<>();
    private Optional<PlanPage> page = Optional.of(PlanPage.first(PAGE_SIZE));

    /// @param due parked items with a later time are left out
    /// @param range the part of the run
    /// @param later recordings to leave for the next round
    BatchQueue(RunContext run, Dataset dataset, LocalDate day, Instant due, PlanRange range, Predicate<Isrc> later) {
        this.run = run;
        this.dataset = dataset;
        this.day = day;
        this.due = due;
        this.range = range;
        this.later = later;
        this.size = run.source().profile().batchSize(dataset);
    }

    Dataset dataset() {
        return dataset;
    }

    LocalDate day() {
        return day;
    }

    int size() {
        return size;
    }

    /// The next batch; empty when only retries are left.
    synchronized Optional<RequestBatch> next() {
        if (tracks(retries) >= size) {
            return Optional.of(batch(retries));
        }
        while (tracks(first) < size && page.isPresent()) {
            read(page.orElseThrow());
        }
        return first.isEmpty() && absent.isEmpty() ? Optional.empty() : Optional.of(batch(first));
    }

    /// The next batch of retries, full or not.
    synchronized Optional<RequestBatch> remaining() {
        return retries.isEmpty() ? Optional.empty() : Optional.of(batch(retries));
    }

    /// Adds a recording whose tracks were missing.
    synchronized void retry(RecordingRequest request) {
        retries.addLast(request);
    }

    private void read(PlanPage at) {
        List<Isrc> open = run.ledger().items().open(run.runId(), dataset, day, due, range, at);
        page = open.size() < at.limit() ? Optional.empty() : Optional.of(at.after(open.getLast()));
        if (!run.source().profile().resolves()) {
            open.forEach(isrc -> first.addLast(RecordingRequest.first(isrc, List.of(RequestedTrack.byIsrc(isrc)))));
            return;
        }
        Map<Isrc, Resolution> resolved = run.ledger().resolutions().find(run.sourceName(), open, run.fresh());
        for (Isrc isrc : open) {
            switch (resolved.get(isrc)) {
                case null -> {}
                case Resolution _ when later.test(isrc) -> {}
                case Resolution.Found found ->
                    first.addLast(RecordingRequest.first(
                            isrc,
                            found.trackIds().stream()
                                    .map(id -> new RequestedTrack(id, isrc))
                                    .toList()));
                case Resolution.Absent _ -> absent.add(isrc);
            }
        }
    }

    private RequestBatch batch(Deque<RecordingRequest> from) {
        List<RecordingRequest> taken = new ArrayList<>();
        List<RecordingRequest> conflicting = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        while (!from.isEmpty()
                && (taken.isEmpty() || ids.size() + from.getFirst().wanted().size() <= size)) {
            RecordingRequest request = from.removeFirst();
            List<String> wanted =
                    request.wanted().stream().map(RequestedTrack::id).toList();
            // an id that moved from one recording to another is known of both until the first is searched again
            if (wanted.stream().anyMatch(ids::contains)) {
                conflicting.add(request);
            } else {
                ids.addAll(wanted);
                taken.add(request);
            }
        }
        conflicting.reversed().forEach(from::addFirst);
        RequestBatch batch = new RequestBatch(taken, absent);
        absent.clear();
        return batch;
    }

    private static int tracks(Deque<RecordingRequest> requests) {
        int tracks = 0;
        for (RecordingRequest request : requests) {
            tracks += request.wanted().size();
        }
        return tracks;
    }
}
