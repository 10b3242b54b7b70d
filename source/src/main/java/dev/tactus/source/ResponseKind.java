package dev.tactus.source;

import dev.tactus.source.response.PayloadRejection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a response means for its request.
sealed interface ResponseKind {
    /// A payload to read.
    record Content(JsonNode payload) implements ResponseKind {}

    /// Nothing of what was requested exists.
    record NotFound() implements ResponseKind {}

    /// Refused for the rate, by status or by an error rule of the profile.
    record Throttled() implements ResponseKind {}

    /// The token is not accepted.
    record Unauthorized() implements ResponseKind {}

    /// The client may not make this request.
    record Forbidden(String detail) implements ResponseKind {}

    /// Worth a retry.
    ///
    /// @param reason what is wrong with the payload if it never gets better; empty where the request then waits
    record Retryable(Optional<String> reason, String detail) implements ResponseKind {}

    /// A retry is useless.
    record Rejected(PayloadRejection rejection) implements ResponseKind {}
}
