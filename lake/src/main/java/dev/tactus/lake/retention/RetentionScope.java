package dev.tactus.lake.retention;

import java.time.Instant;
import java.util.Optional;

/// Which bytes are meant.
///
/// @param keys a relation with a column `key`, of the workbench that is asked
/// @param fetchedBefore only what was fetched before, where the rows tell; the keys alone decide otherwise
public record RetentionScope(RetentionKind kind, String keys, Optional<Instant> fetchedBefore) {
    /// A condition that holds for the rows whose bytes go.
    String condition() {
        return "(" + kind.column() + " IS NOT NULL AND " + kind.key() + " IN (SELECT key FROM " + keys + ")"
                + fetchedBefore
                        .map(before -> " AND fetched_at < TIMESTAMPTZ '" + before + "'")
                        .orElse("")
                + ")";
    }

    /// A SELECT of the same rows without those bytes.
    String without(String relation) {
        return "SELECT * REPLACE (CASE WHEN " + condition() + " THEN NULL ELSE " + kind.column() + " END AS "
                + kind.column() + ") FROM " + relation;
    }
}
