package dev.tactus.source.response;

/// What came back for one requested track.
public record TrackResponse(RequestedTrack requested, TrackOutcome outcome) {}
