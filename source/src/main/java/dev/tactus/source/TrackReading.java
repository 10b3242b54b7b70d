package dev.tactus.source;

/// What came back for one track that was asked for.
///
/// @param asked the track asked for
/// @param reading its outcome
public record TrackReading(TrackRef asked, Reading reading) {}
