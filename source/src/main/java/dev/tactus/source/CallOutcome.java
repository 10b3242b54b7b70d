package dev.tactus.source;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// What a call led to, after all retries.
sealed interface CallOutcome {

    /// A payload to read.
    record Content(JsonNode payload, Exchange exchange) implements CallOutcome {}

    /// There is nothing of what was asked for.
    record NotFound(Exchange exchange) implements CallOutcome {}

    /// The answer as a whole is against the contract.
    record Refused(Refusal why, Exchange exchange) implements CallOutcome {}

    /// Worth trying again later.
    record Parked(Instant until, ParkReason reason, String detail) implements CallOutcome {}
}
