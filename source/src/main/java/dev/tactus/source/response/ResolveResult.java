package dev.tactus.source.response;

import dev.tactus.music.Track;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a DSP returns for a search by ISRC.
public sealed interface ResolveResult {
    /// At least one track carries the requested ISRC.
    ///
    /// @param tracks each track once, in the order of the response
    /// @param rejections of items against the contract or of another recording
    /// @param next the query of the next page, where there is one; see [Source#resolveMore]
    /// @param exchange the evidence
    record Found(
            List<Track> tracks, List<PayloadRejection> rejections, Optional<String> next, RecordedExchange exchange)
            implements ResolveResult {
        public Found {
            tracks = List.copyOf(tracks);
            rejections = List.copyOf(rejections);
            if (tracks.isEmpty()) {
                throw new IllegalArgumentException("found without a track");
            }
        }
    }

    /// Nothing was found this time; no proof of absence.
    ///
    /// @param exchange the evidence
    record Empty(RecordedExchange exchange) implements ResolveResult {}

    /// Nothing but rejected items came back, or the payload is against the contract.
    ///
    /// @param rejections at least one
    /// @param exchange the evidence
    record Rejected(List<PayloadRejection> rejections, RecordedExchange exchange) implements ResolveResult {
        public Rejected {
            rejections = List.copyOf(rejections);
            if (rejections.isEmpty()) {
                throw new IllegalArgumentException("a rejection needs a reason");
            }
        }
    }

    /// The request is worth repeating, not before `until`.
    ///
    /// @param until the earliest time
    /// @param reason why
    /// @param detail what happened, for a person
    record Parked(Instant until, ParkReason reason, String detail) implements ResolveResult {}
}
