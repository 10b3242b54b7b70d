package dev.tactus.ingest.landing;

import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.TrackOutcome;

/// One track as it was fetched: what was requested, what came back, and the payload it was in.
public record FetchedTrack(RequestedTrack requested, TrackOutcome outcome, PayloadRef payload) {}
