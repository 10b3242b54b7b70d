package dev.tactus.music;

import java.time.Duration;
import java.util.List;

/// Finds what a service says differently about a recording: from the label's catalog, and from what it said before.
public final class DriftDetector {
    public List<Difference> againstCatalog(Recording master, List<Track> tracks, Duration sourcePrecision) {
        if (tracks.isEmpty()) {
            return List.of();
        }
        throw new UnsupportedOperationException();
    }

    public List<Difference> againstLastRun(List<Track> before, List<Track> now, Duration sourcePrecision) {
        if (before.isEmpty()) {
            return List.of();
        }
        throw new UnsupportedOperationException();
    }
}
