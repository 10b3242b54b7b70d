package dev.tactus.ledger.publications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one publication has made visible. Kept when the lake has long dropped the snapshots.
///
/// @param id `<run>/<n>-<random>`
/// @param completedAt absent while tables may still be missing
public record PublicationRecord(
        String id, String runId, Instant begunAt, Optional<Instant> completedAt, List<PublishedTable> tables) {
    public PublicationRecord {
        tables = List.copyOf(tables);
    }

    PublicationRecord with(List<PublishedTable> committed) {
        return new PublicationRecord(id, runId, begunAt, completedAt, committed);
    }
}
