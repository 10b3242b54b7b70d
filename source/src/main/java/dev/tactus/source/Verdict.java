package dev.tactus.source;

import tools.jackson.databind.JsonNode;

/// What an answer means for the call.
sealed interface Verdict {

    /// A payload to read.
    record Content(JsonNode payload) implements Verdict {}

    /// There is nothing of what was asked for.
    record NotFound() implements Verdict {}

    /// Refused for the rate, openly or in disguise.
    record Throttled() implements Verdict {}

    /// The token is not taken.
    record Unauthorized() implements Verdict {}

    /// The caller may not do this.
    record Forbidden(String detail) implements Verdict {}

    /// Worth trying again.
    ///
    /// @param garbled whether it was an answer of success that is not JSON
    record Again(boolean garbled, String detail) implements Verdict {}

    /// Trying again is useless.
    record Refused(Refusal why) implements Verdict {}
}
