package dev.tactus.serve.answers;

import tools.jackson.databind.JsonNode;

/// What a command came to.
///
/// @param exit its exit code
/// @param body the JSON object that it printed
/// @param messages what it said beside
public record CommandAnswer(int exit, JsonNode body, String messages) {
    /// Done, with the whole result.
    public static final int DONE = 0;
    /// Failed for a reason outside, such as a lock that another command holds.
    public static final int FAILED = 1;
    /// Refused, and nothing was touched.
    public static final int REFUSED = 2;
    /// Done as far as it goes.
    public static final int INCOMPLETE = 3;

    /// Whether there is a result, though it may be incomplete, or tell what was refused.
    public boolean isResult() {
        return !body.isEmpty() && !body.has("error");
    }

    /// Why there is none.
    public String error() {
        JsonNode said = body.path("error");
        return said.isMissingNode() ? messages.strip() : said.asString();
    }
}
