package dev.tactus.lake;

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
        Texts.notBlank("source", source);
        Texts.notBlank("runId", runId);
        Texts.notBlank("payloadSha256", payloadSha256);
        fetchedAt = fetchedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
