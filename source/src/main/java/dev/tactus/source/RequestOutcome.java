package dev.tactus.source;

import dev.tactus.source.response.ParkReason;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What became of a request after all its retries.
sealed interface RequestOutcome {
    /// A payload to read.
    ///
    /// @param link the header `Link`
    record Content(JsonNode payload, RecordedExchange exchange, Optional<String> link) implements RequestOutcome {}

    /// Nothing of what was requested exists.
    record NotFound(RecordedExchange exchange) implements RequestOutcome {}

    /// The response as a whole is against the contract.
    record Rejected(PayloadRejection rejection, RecordedExchange exchange) implements RequestOutcome {}

    /// Worth another try later.
    record Parked(Instant until, ParkReason reason, String detail) implements RequestOutcome {}
}
