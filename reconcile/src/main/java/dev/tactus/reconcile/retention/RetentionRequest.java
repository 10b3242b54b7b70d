package dev.tactus.reconcile.retention;

import dev.tactus.lake.retention.RetentionKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// What somebody wants to let go.
///
/// @param before answers that were fetched, and statements that were imported, before this day (UTC)
/// @param forced whether what an open period needs goes too
public record RetentionRequest(RetentionKind kind, LocalDate before, boolean forced) {
    Instant moment() {
        return before.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
