package dev.tactus.ingest;

import dev.tactus.ledger.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.music.Isrc;
import dev.tactus.source.Exchange;
import dev.tactus.source.FetchResult;
import dev.tactus.source.Reading;
import dev.tactus.source.TrackReading;
import dev.tactus.source.TrackRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Fetches the open items of recordings whose ids are known: every dataset beside the others, each with workers of its
/// own, so that a slow endpoint holds up nobody.
final class Fetching {
    private final RunContext run;
    private final Lander lander;

    Fetching(RunContext run, Lander lander) {
        this.run = run;
        this.lander = lander;
    }

    /// Sets the workers of one round going.
    ///
    /// @param due parked items with a later time are left out
    /// @param later recordings to leave for the next round
    void start(Crew crew, Instant due, Predicate<Isrc> later) {
        for (Dataset dataset : run.request().datasets()) {
            List<Batches> batches = run.days(dataset).stream()
                    .map(day -> new Batches(run, dataset, day, due, later))
                    .toList();
            AtomicInteger working = new AtomicInteger(run.request().concurrency());
            for (int i = 0; i < run.request().concurrency(); i++) {
                crew.fork(() -> work(batches, working));
            }
        }
    }

    private void work(List<Batches> days, AtomicInteger working) throws InterruptedException {
        for (Batches batches : days) {
            for (Optional<Batch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                fetch(batches, batch.orElseThrow());
            }
        }
        // the last to finish makes the last calls: nobody can put anything back any more
        if (working.decrementAndGet() == 0) {
            for (Batches batches : days) {
                for (Optional<Batch> batch = batches.lastCall(); batch.isPresent(); batch = batches.lastCall()) {
                    fetch(batches, batch.orElseThrow());
                }
            }
        }
    }

    private void fetch(Batches batches, Batch batch) throws InterruptedException {
        if (!batch.absent().isEmpty()) {
            lander.bring(Landing.of(batch.absent().stream()
                    .map(isrc -> Settled.without(
                            isrc, batches.dataset(), batches.day(), ItemState.NOT_FOUND, Resolving.NOT_IN_SEARCH))
                    .toList()));
        }
        if (!batch.askings().isEmpty()) {
            lander.bring(new Call(batches, batch).make());
        }
    }

    /// One batch being asked for, and what came of it.
    private final class Call {
        private final Batches batches;
        private final Batch batch;
        private final List<Exchange> payloads = new ArrayList<>();
        private final List<SetAside> setAside = new ArrayList<>();
        private final List<Sourced> readings = new ArrayList<>();

        Call(Batches batches, Batch batch) {
            this.batches = batches;
            this.batch = batch;
        }

        Landing make() throws InterruptedException {
            List<TrackRef> wanted = batch.wanted();
            for (int from = 0; from < wanted.size(); from += batches.size()) {
                List<TrackRef> part = wanted.subList(from, Math.min(wanted.size(), from + batches.size()));
                switch (run.source().fetch(batches.dataset(), part, batches.day())) {
                    case FetchResult.Fetched fetched -> read(fetched.readings(), fetched.exchange());
                    case FetchResult.Refused refused ->
                        read(
                                part.stream()
                                        .map(asked -> new TrackReading(asked, new Reading.Rejected(refused.why())))
                                        .toList(),
                                refused.exchange());
                    case FetchResult.Parked parked -> {
                        return parked(parked);
                    }
                }
            }
            return new Landing(payloads, settled(), setAside);
        }

        private void read(List<TrackReading> answered, Exchange exchange) {
            payloads.add(exchange);
            Evidence evidence = Evidence.of(exchange);
            for (TrackReading one : answered) {
                readings.add(new Sourced(one.asked(), one.reading(), evidence));
                if (one.reading() instanceof Reading.Rejected rejected) {
                    setAside.add(new SetAside(
                            one.asked().isrc(), batches.dataset(), batches.day(), rejected.why(), exchange));
                }
            }
        }

        private List<Settled> settled() {
            List<Settled> settled = new ArrayList<>();
            int next = 0;
            for (Asking asking : batch.askings()) {
                List<Sourced> all = asking.with(
                        readings.subList(next, next + asking.wanted().size()));
                next += asking.wanted().size();
                if (!asking.second() && all.stream().anyMatch(Asking::missing)) {
                    batches.again(Asking.again(asking.isrc(), all));
                } else {
                    settled.add(
                            Settled.judged(asking.isrc(), batches.dataset(), batches.day(), all, run.pendingRetry()));
                }
            }
            return settled;
        }

        private Landing parked(FetchResult.Parked parked) {
            String reason = parked.reason().name().toLowerCase(Locale.ROOT);
            return new Landing(
                    payloads,
                    batch.askings().stream()
                            .map(asking -> Settled.parked(
                                    asking.isrc(), batches.dataset(), batches.day(), parked.until(), reason))
                            .toList(),
                    setAside);
        }
    }
}
