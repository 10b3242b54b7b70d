package dev.tactus.source.response;

/// What came back for a requested track. A recording that was requested by its ISRC may have several tracks, each with
/// a response of its own.
///
/// @param requested as it was requested
/// @param track what came back: the requested one, or, requested by ISRC, the track with the id that it has there
public record TrackResponse(RequestedTrack requested, RequestedTrack track, TrackOutcome outcome) {
    /// The requested track itself.
    public TrackResponse(RequestedTrack requested, TrackOutcome outcome) {
        this(requested, requested, outcome);
    }
}
