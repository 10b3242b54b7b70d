package dev.tactus.ingest.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// How far a run has come.
///
/// @param done work items with an outcome
/// @param total work items planned
/// @param parked of those done
/// @param requests of this run, so far
/// @param requestsPerMinute over the last minute
/// @param quotaShare the fullest quota's use in its window, 0 to 1; empty while no limit is known
/// @param remaining until nothing is left but parked work, as far as it can be estimated
public record ProgressReport(
        Phase phase,
        long done,
        long total,
        long parked,
        long requests,
        long throttled,
        double requestsPerMinute,
        OptionalDouble quotaShare,
        Optional<Duration> remaining) {

    /// What a run is doing.
    public enum Phase {
        FETCHING,
        WAITING,
        PUBLISHING
    }
}
