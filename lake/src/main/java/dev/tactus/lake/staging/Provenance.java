package dev.tactus.lake.staging;

import dev.tactus.lake.table.Preconditions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// Where fetched rows come from; every one of them carries it.
///
/// @param day the day the rows are about, UTC
/// @param payloadSha256 lower-case hex digest of the payload they were read from
/// @param fetchedAt when it was answered; kept in microseconds
public record Provenance(String source, LocalDate day, String runId, String payloadSha256, Instant fetchedAt) {
    public Provenance {
        Preconditions.notBlank("source", source);
        Preconditions.notBlank("runId", runId);
        Preconditions.notBlank("payloadSha256", payloadSha256);
        fetchedAt = fetchedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
