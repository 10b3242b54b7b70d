package dev.tactus.source.response;

/// What came back for one track that was asked for.
///
/// @param asked the track asked for
/// @param reading its outcome
public record TrackResponse(RequestedTrack asked, TrackOutcome reading) {}
