package dev.tactus.source.response;

import dev.tactus.music.Track;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a DSP answered when asked for the tracks of one ISRC.
public sealed interface ResolveResult {

    /// At least one track carries the ISRC asked for.
    ///
    /// @param tracks each track once, in the order answered
    /// @param refused items against the contract or of another recording
    /// @param next the query of the next page, where there is one; see [Source#resolveMore]
    /// @param exchange the evidence
    record Found(List<Track> tracks, List<PayloadRejection> refused, Optional<String> next, RecordedExchange exchange)
            implements ResolveResult {
        public Found {
            tracks = List.copyOf(tracks);
            refused = List.copyOf(refused);
            if (tracks.isEmpty()) {
                throw new IllegalArgumentException("found without a track");
            }
        }
    }

    /// Nothing was found this time; no proof of absence.
    ///
    /// @param exchange the evidence
    record Empty(RecordedExchange exchange) implements ResolveResult {}

    /// Only wrong items came back, or the payload is against the contract.
    ///
    /// @param refused why, at least one
    /// @param exchange the evidence
    record Refused(List<PayloadRejection> refused, RecordedExchange exchange) implements ResolveResult {
        public Refused {
            refused = List.copyOf(refused);
            if (refused.isEmpty()) {
                throw new IllegalArgumentException("refused without a reason");
            }
        }
    }

    /// The call is worth making again, not before `until`.
    ///
    /// @param until the earliest time
    /// @param reason why
    /// @param detail what happened, for a person
    record Parked(Instant until, ParkReason reason, String detail) implements ResolveResult {}
}
