package dev.tactus.lake.maintenance;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/// What maintenance may take away.
///
/// @param keepSnapshots at least so many of each table's newest snapshots stay
/// @param expireBefore snapshots made before it go, unless something else protects them
/// @param protectedPublications publications that the ledger has not yet proven; their snapshots stay
/// @param sweepBefore unreferenced and staged files last written before it go: the start of this maintenance
/// @param staged files of runs that are not published yet; they stay
public record MaintenanceSettings(
        int keepSnapshots,
        Instant expireBefore,
        Set<String> protectedPublications,
        Instant sweepBefore,
        Set<Path> staged) {
    /// No run has staged anything.
    public MaintenanceSettings(
            int keepSnapshots, Instant expireBefore, Set<String> protectedPublications, Instant sweepBefore) {
        this(keepSnapshots, expireBefore, protectedPublications, sweepBefore, Set.of());
    }

    public MaintenanceSettings {
        if (keepSnapshots < 1) {
            throw new IllegalArgumentException("keepSnapshots must be at least 1, but is " + keepSnapshots);
        }
        protectedPublications = Set.copyOf(protectedPublications);
        staged = staged.stream().map(file -> file.toAbsolutePath().normalize()).collect(Collectors.toUnmodifiableSet());
    }
}
