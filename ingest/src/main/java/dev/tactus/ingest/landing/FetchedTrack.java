package dev.tactus.ingest.landing;

import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.TrackOutcome;

/// The reading of one track and where it comes from.
public record FetchedTrack(RequestedTrack asked, TrackOutcome reading, PayloadRef evidence) {}
