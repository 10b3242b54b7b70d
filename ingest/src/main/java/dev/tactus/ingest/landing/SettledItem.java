package dev.tactus.ingest.landing;

import dev.tactus.ledger.items.AwaitedItem;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.TrackOutcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A work item whose outcome is known, with the tracks that land for it.
///
/// @param notBefore when a parked item may be tried again; absent for every other
public record SettledItem(
        Isrc isrc,
        Dataset dataset,
        LocalDate day,
        ItemVerdict verdict,
        Optional<Instant> notBefore,
        List<FetchedTrack> tracks) {
    public SettledItem {
        tracks = verdict.state() == ItemState.PARKED ? List.of() : List.copyOf(tracks);
    }

    /// An item judged by the outcomes of its tracks.
    ///
    /// @param retry when the item may be tried again if it turns out to be parked
    public static SettledItem judged(
            Isrc isrc, Dataset dataset, LocalDate day, List<FetchedTrack> tracks, Instant retry) {
        ItemVerdict verdict = ItemVerdict.of(
                dataset, tracks.stream().map(FetchedTrack::outcome).toList());
        return new SettledItem(
                isrc,
                dataset,
                day,
                verdict,
                verdict.state() == ItemState.PARKED ? Optional.of(retry) : Optional.empty(),
                tracks);
    }

    public static SettledItem without(Isrc isrc, Dataset dataset, LocalDate day, ItemState state, String reason) {
        return new SettledItem(
                isrc, dataset, day, new ItemVerdict(state, Optional.of(reason)), Optional.empty(), List.of());
    }

    public static SettledItem parked(Isrc isrc, Dataset dataset, LocalDate day, Instant until, String reason) {
        return new SettledItem(
                isrc,
                dataset,
                day,
                new ItemVerdict(ItemState.PARKED, Optional.of(reason)),
                Optional.of(until),
                List.of());
    }

    /// What a report has to cover of it, where one has to.
    public Optional<AwaitedItem> awaited() {
        if (verdict.state() != ItemState.AWAITING_REPORT) {
            return Optional.empty();
        }
        Set<String> territories = new LinkedHashSet<>();
        for (FetchedTrack track : tracks) {
            switch (track.outcome()) {
                case TrackOutcome.Streams streams -> territories.addAll(streams.failedTerritories());
                case TrackOutcome.Listeners listeners -> territories.addAll(listeners.failedTerritories());
                case TrackOutcome.Unavailable _ -> {
                    return Optional.of(new AwaitedItem(isrc, dataset, day, List.of()));
                }
                case TrackOutcome.TrackFound _,
                        TrackOutcome.Pending _,
                        TrackOutcome.Missing _,
                        TrackOutcome.Rejected _ -> {}
            }
        }
        return Optional.of(new AwaitedItem(isrc, dataset, day, List.copyOf(territories)));
    }

    public ItemOutcome outcome(long rows) {
        return new ItemOutcome(
                isrc, dataset, day, verdict.state(), rows, verdict.reason().orElse(null), notBefore.orElse(null));
    }
}
