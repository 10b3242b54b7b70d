package dev.tactus.lake.staging;

import dev.tactus.lake.table.Preconditions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One answer of a source, kept byte by byte as it was received.
///
/// @param sha256 lower-case hex digest of the body
/// @param request path and query, without secrets
/// @param fetchedAt kept in microseconds
/// @param body owned by this record from now on: nobody writes to it
@SuppressWarnings("ArrayRecordComponent") // equality is never asked; a copy of every body would double the memory
public record PayloadRow(
        String sha256, String request, Instant fetchedAt, String source, String endpoint, int httpStatus, byte[] body) {
    public PayloadRow {
        Preconditions.notBlank("sha256", sha256);
        Preconditions.notBlank("request", request);
        Preconditions.notBlank("source", source);
        fetchedAt = fetchedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
