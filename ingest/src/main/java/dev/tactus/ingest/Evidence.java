package dev.tactus.ingest;

import dev.tactus.source.Exchange;
import java.time.Instant;

/// Where a reading comes from: an exchange without its body, light enough to be kept for a while.
record Evidence(String payloadSha256, Instant fetchedAt) {
    static Evidence of(Exchange exchange) {
        return new Evidence(exchange.sha256(), exchange.fetchedAt());
    }
}
