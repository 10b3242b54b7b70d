package dev.tactus.music.drift;

import dev.tactus.music.Recording;
import dev.tactus.music.Track;
import java.time.Duration;
import java.util.List;

/// Finds what a service says differently about a recording: from the label's catalog, and from what it said before.
///
/// A recording may have many tracks, and a field agrees where any of them agrees. What one side doesn't state isn't
/// compared.
/// Immutable.
public final class DriftDetector {
    /// What the tracks of a recording say other than the catalog does.
    ///
    /// @param tracks what the service has under the recording's ISRC
    /// @param sourcePrecision how finely the service measures durations
    public List<Difference> againstCatalog(Recording master, List<Track> tracks, Duration sourcePrecision) {
        return new CatalogComparison(master, tracks, sourcePrecision).differences();
    }

    /// What the service says other than last time, about tracks of one recording. Tracks are compared by their ids;
    /// where none of
    /// the ids is left, as after a relinking, any with any.
    ///
    /// @param before empty where the recording hasn't been seen yet: then there is nothing to compare
    /// @param sourcePrecision how finely the service measures durations
    public List<Difference> againstLastRun(List<Track> before, List<Track> now, Duration sourcePrecision) {
        return before.isEmpty() ? List.of() : new RunComparison(before, now, sourcePrecision).differences();
    }
}
