package dev.tactus.ledger.quality;

import dev.tactus.music.drift.Difference;
import java.time.Instant;
import java.util.Optional;

/// A difference between what a source says and what was expected, over the runs that saw it.
///
/// @param id short, the same for the same source, recording, field and found value
/// @param runId the run to which it was news
/// @param detectedAt when it was news
/// @param seenAt when it was last seen
/// @param acceptedAt when somebody said that it is right
public record Drift(
        String id,
        String source,
        Difference difference,
        DriftState state,
        String runId,
        Instant detectedAt,
        Instant seenAt,
        Optional<Instant> acceptedAt) {}
