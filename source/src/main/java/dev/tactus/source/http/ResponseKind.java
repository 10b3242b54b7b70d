package dev.tactus.source.http;

import dev.tactus.source.response.PayloadRejection;
import tools.jackson.databind.JsonNode;

/// What an answer means for the call.
public sealed interface ResponseKind {

    /// A payload to read.
    record Content(JsonNode payload) implements ResponseKind {}

    /// There is nothing of what was asked for.
    record NotFound() implements ResponseKind {}

    /// Refused for the rate, openly or in disguise.
    record Throttled() implements ResponseKind {}

    /// The token is not taken.
    record Unauthorized() implements ResponseKind {}

    /// The caller may not do this.
    record Forbidden(String detail) implements ResponseKind {}

    /// Worth trying again.
    ///
    /// @param garbled whether it was an answer of success that is not JSON
    record Again(boolean garbled, String detail) implements ResponseKind {}

    /// Trying again is useless.
    record Refused(PayloadRejection why) implements ResponseKind {}
}
