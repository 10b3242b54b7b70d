package dev.tactus.source.response;

import java.time.Instant;
import java.util.List;

/// What a DSP returns for a batch of tracks.
public sealed interface FetchResult {
    /// The payload as a whole is valid; each track has its own outcome.
    ///
    /// @param tracks at least one for each requested track, in the order requested; several where it was requested
    /// by an ISRC that has several tracks
    /// @param exchange the evidence
    record Fetched(List<TrackResponse> tracks, RecordedExchange exchange) implements FetchResult {
        public Fetched {
            tracks = List.copyOf(tracks);
        }
    }

    /// The payload as a whole is against the contract.
    ///
    /// @param rejection the reason
    /// @param exchange the evidence
    record Rejected(PayloadRejection rejection, RecordedExchange exchange) implements FetchResult {}

    /// The request is worth repeating, not before `until`.
    ///
    /// @param until the earliest time
    /// @param reason why
    /// @param detail what happened, for a person
    record Parked(Instant until, ParkReason reason, String detail) implements FetchResult {}
}
