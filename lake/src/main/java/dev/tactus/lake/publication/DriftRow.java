package dev.tactus.lake.publication;

import dev.tactus.lake.table.Preconditions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One open or closed difference to the catalog, as the ledger knows it.
public record DriftRow(
        String id,
        String source,
        String isrc,
        String field,
        String expected,
        String found,
        String severity,
        String state,
        Instant detectedAt) {
    public DriftRow {
        Preconditions.notBlank("id", id);
        detectedAt = detectedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
