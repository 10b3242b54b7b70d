package dev.tactus.source.response;

import java.time.Instant;

/// What was asked and what came back, as evidence for lineage and dead letters.
///
/// The body is shared, not copied: treat it as read-only.
///
/// @param endpoint the path class, e.g. `/v1/streams`
/// @param request path and query as sent; never holds a secret
/// @param httpStatus the answer's status
/// @param fetchedAt when the answer was complete
/// @param body the answer's body after decompression; its first 64 KiB where it was larger than allowed
/// @param sha256 SHA-256 of `body`, lower-case hex
@SuppressWarnings("ArrayRecordComponent")
public record RecordedExchange(
        String endpoint, String request, int httpStatus, Instant fetchedAt, byte[] body, String sha256) {

    /// Two exchanges are equal when they are the same request, answered at the same time with the same
    /// bytes.
    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedExchange that
                && endpoint.equals(that.endpoint)
                && request.equals(that.request)
                && httpStatus == that.httpStatus
                && fetchedAt.equals(that.fetchedAt)
                && sha256.equals(that.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode() * 31 + request.hashCode();
    }

    @Override
    public String toString() {
        return "Exchange[" + request + " -> " + httpStatus + ", " + body.length + " bytes, " + fetchedAt + "]";
    }
}
