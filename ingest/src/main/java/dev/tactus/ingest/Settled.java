package dev.tactus.ingest;

import dev.tactus.ledger.AwaitedItem;
import dev.tactus.ledger.ItemOutcome;
import dev.tactus.ledger.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.music.Isrc;
import dev.tactus.source.Reading;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A work item whose outcome is known, with the readings that land for it.
///
/// @param notBefore when a parked item may be tried again; absent for every other
record Settled(
        Isrc isrc,
        Dataset dataset,
        LocalDate day,
        ItemVerdict verdict,
        Optional<Instant> notBefore,
        List<Sourced> readings) {
    Settled {
        readings = verdict.state() == ItemState.PARKED ? List.of() : List.copyOf(readings);
    }

    /// @param retry when the item may be tried again if it turns out to be parked
    static Settled judged(Isrc isrc, Dataset dataset, LocalDate day, List<Sourced> readings, Instant retry) {
        ItemVerdict verdict =
                ItemVerdict.of(dataset, readings.stream().map(Sourced::reading).toList());
        return new Settled(
                isrc,
                dataset,
                day,
                verdict,
                verdict.state() == ItemState.PARKED ? Optional.of(retry) : Optional.empty(),
                readings);
    }

    static Settled without(Isrc isrc, Dataset dataset, LocalDate day, ItemState state, String reason) {
        return new Settled(
                isrc, dataset, day, new ItemVerdict(state, Optional.of(reason)), Optional.empty(), List.of());
    }

    static Settled parked(Isrc isrc, Dataset dataset, LocalDate day, Instant until, String reason) {
        return new Settled(
                isrc,
                dataset,
                day,
                new ItemVerdict(ItemState.PARKED, Optional.of(reason)),
                Optional.of(until),
                List.of());
    }

    /// What a report has to cover of it, where one has to.
    Optional<AwaitedItem> awaited() {
        if (verdict.state() != ItemState.AWAITING_REPORT) {
            return Optional.empty();
        }
        Set<String> territories = new LinkedHashSet<>();
        for (Sourced sourced : readings) {
            switch (sourced.reading()) {
                case Reading.Streams streams -> territories.addAll(streams.failedTerritories());
                case Reading.Listeners listeners -> territories.addAll(listeners.failedTerritories());
                case Reading.Unavailable _ -> {
                    return Optional.of(new AwaitedItem(isrc, dataset, day, List.of()));
                }
                case Reading.TrackFound _, Reading.Pending _, Reading.Missing _, Reading.Rejected _ -> {}
            }
        }
        return Optional.of(new AwaitedItem(isrc, dataset, day, List.copyOf(territories)));
    }

    ItemOutcome outcome(long rows) {
        return new ItemOutcome(
                isrc, dataset, day, verdict.state(), rows, verdict.reason().orElse(null), notBefore.orElse(null));
    }
}
