package dev.tactus.lake.maintenance;

import java.time.Instant;
import java.util.Set;

/// What maintenance may take away.
///
/// @param keepSnapshots at least so many of each table's newest snapshots stay
/// @param expireBefore snapshots made before it go, unless something else protects them
/// @param protectedPublications publications that the ledger has not yet proven; their snapshots stay
/// @param sweepBefore unreferenced and staged files last written before it go: the start of the oldest run that is not
///     published, or of this maintenance where there is none
public record MaintenanceSettings(
        int keepSnapshots, Instant expireBefore, Set<String> protectedPublications, Instant sweepBefore) {
    public MaintenanceSettings {
        if (keepSnapshots < 1) {
            throw new IllegalArgumentException("keepSnapshots must be at least 1, but is " + keepSnapshots);
        }
        protectedPublications = Set.copyOf(protectedPublications);
    }
}
