package dev.tactus.source;

import dev.tactus.source.response.ParkReason;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// What a call led to, after all retries.
sealed interface RequestOutcome {

    /// A payload to read.
    record Content(JsonNode payload, RecordedExchange exchange) implements RequestOutcome {}

    /// There is nothing of what was asked for.
    record NotFound(RecordedExchange exchange) implements RequestOutcome {}

    /// The answer as a whole is against the contract.
    record Refused(PayloadRejection why, RecordedExchange exchange) implements RequestOutcome {}

    /// Worth trying again later.
    record Parked(Instant until, ParkReason reason, String detail) implements RequestOutcome {}
}
