package dev.tactus.source.response;

import java.time.Instant;
import java.util.List;

/// What a DSP answered when asked for a batch of tracks.
public sealed interface FetchResult {

    /// The payload as a whole is sound; each track has its own reading.
    ///
    /// @param readings one for each track asked for, in the order asked
    /// @param exchange the evidence
    record Fetched(List<TrackResponse> readings, RecordedExchange exchange) implements FetchResult {
        public Fetched {
            readings = List.copyOf(readings);
        }
    }

    /// The payload as a whole is against the contract.
    ///
    /// @param why the reason
    /// @param exchange the evidence
    record Refused(PayloadRejection why, RecordedExchange exchange) implements FetchResult {}

    /// The call is worth making again, not before `until`.
    ///
    /// @param until the earliest time
    /// @param reason why
    /// @param detail what happened, for a person
    record Parked(Instant until, ParkReason reason, String detail) implements FetchResult {}
}
