package dev.tactus.source.response;

import dev.tactus.digest.Sha256;
import dev.tactus.http.HttpOutcome;
import java.time.Instant;
import java.util.List;

/// A request and its response, as evidence for lineage and dead letters.
///
/// The body is shared, not copied: treat it as read-only.
///
/// @param endpoint the path class, e.g. `/v1/streams`
/// @param request path and query as sent; never holds a secret
/// @param httpStatus the status of the response
/// @param fetchedAt when the response was complete
/// @param body the body after decompression; its first 64 KiB where it was larger than allowed
/// @param sha256 SHA-256 of `body`, lower-case hex
@SuppressWarnings("ArrayRecordComponent")
public record RecordedExchange(
        String endpoint, String request, int httpStatus, Instant fetchedAt, byte[] body, String sha256) {
    public static RecordedExchange of(String endpoint, String request, HttpOutcome.Response response, Instant at) {
        return new RecordedExchange(
                endpoint,
                request,
                response.status(),
                at,
                response.body(),
                Sha256.of(response.body()).hex());
    }

    /// Several pages as one.
    ///
    /// @param pages in their order
    /// @param body that holds all of theirs
    public static RecordedExchange together(List<RecordedExchange> pages, byte[] body) {
        RecordedExchange first = pages.getFirst();
        return new RecordedExchange(
                first.endpoint,
                first.request,
                first.httpStatus,
                pages.getLast().fetchedAt,
                body,
                Sha256.of(body).hex());
    }

    /// Two exchanges are equal when they are the same request, with the same response
    /// body at the same time.
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
        return "RecordedExchange[" + request + " -> " + httpStatus + ", " + body.length + " bytes, " + fetchedAt + "]";
    }
}
