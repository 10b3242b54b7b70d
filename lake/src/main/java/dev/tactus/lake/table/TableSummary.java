package dev.tactus.lake.table;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a table holds now and where.
///
/// @param bytes size of the data files
/// @param metadata the current metadata file, for readers that take one
public record TableSummary(
        LakeTable table,
        long rows,
        long files,
        long bytes,
        long snapshots,
        @Nullable Long currentSnapshotId,
        @Nullable Instant changedAt,
        String location,
        String metadata) {
    /// Absent while nothing was ever committed.
    public Optional<Instant> lastChange() {
        return Optional.ofNullable(changedAt);
    }
}
