package dev.tactus.ingest;

import dev.tactus.source.Reading;
import dev.tactus.source.TrackRef;

/// The reading of one track and where it comes from.
record Sourced(TrackRef asked, Reading reading, Evidence evidence) {}
