package dev.tactus.ingest.landing;

import dev.tactus.source.response.RecordedExchange;
import java.time.Instant;

/// Where a track comes from: an exchange without its body, small enough to be kept for a while.
public record PayloadRef(String payloadSha256, Instant fetchedAt) {
    public static PayloadRef of(RecordedExchange exchange) {
        return new PayloadRef(exchange.sha256(), exchange.fetchedAt());
    }
}
