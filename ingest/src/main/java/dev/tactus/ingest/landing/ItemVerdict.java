package dev.tactus.ingest.landing;

import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.TrackOutcome;
import java.util.List;
import java.util.Optional;

/// What becomes of a recording's item, judged by the outcomes of all its tracks. The worst counts: parked, then
/// dead-lettered, awaiting a report, not found, landed; but a track that is missing beside a good one costs nothing.
///
/// Only streams have a sales report to wait for. Listeners without a territory land without it, with a reason.
///
/// @param reason a stable snake_case word, where there is something to explain
public record ItemVerdict(ItemState state, Optional<String> reason) {
    /// @param tracks the outcome of each track of the recording, at least one
    static ItemVerdict of(Dataset dataset, List<TrackOutcome> tracks) {
        if (tracks.isEmpty()) {
            throw new IllegalArgumentException("an item needs at least one track");
        }
        boolean pending = false;
        boolean unavailable = false;
        boolean territoryFailed = false;
        boolean present = false;
        Optional<String> rejected = Optional.empty();
        for (TrackOutcome outcome : tracks) {
            switch (outcome) {
                case TrackOutcome.Pending _ -> pending = true;
                case TrackOutcome.Unavailable _ -> unavailable = true;
                case TrackOutcome.Missing _ -> {}
                case TrackOutcome.Rejected(PayloadRejection rejection) ->
                    rejected = rejected.or(() -> Optional.of(rejection.reason()));
                case TrackOutcome.TrackFound _ -> present = true;
                case TrackOutcome.Streams streams -> {
                    present = true;
                    territoryFailed |= !streams.failedTerritories().isEmpty();
                }
                case TrackOutcome.Listeners listeners -> {
                    present = true;
                    territoryFailed |= !listeners.failedTerritories().isEmpty();
                }
            }
        }
        if (pending) {
            return new ItemVerdict(ItemState.PARKED, Optional.of("pending"));
        }
        if (rejected.isPresent()) {
            return new ItemVerdict(ItemState.DEAD_LETTERED, rejected);
        }
        if (unavailable || territoryFailed) {
            return new ItemVerdict(
                    dataset == Dataset.STREAMS ? ItemState.AWAITING_REPORT : ItemState.LANDED,
                    Optional.of(unavailable ? "unavailable" : "territory_failed"));
        }
        return present
                ? new ItemVerdict(ItemState.LANDED, Optional.empty())
                : new ItemVerdict(ItemState.NOT_FOUND, Optional.of("missing_twice"));
    }
}
