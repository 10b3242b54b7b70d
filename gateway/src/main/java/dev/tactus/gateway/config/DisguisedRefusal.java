package dev.tactus.gateway.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// A refusal that only its body tells: an answer with this status, or any, whose JSON holds something at a place.
///
/// @param status any where empty
/// @param pointer where something must stand that is not null
/// @param equals what must stand there, compared as text; anything where empty
public record DisguisedRefusal(OptionalInt status, JsonPointer pointer, Optional<String> equals) {
    /// Bodies of error answers that say themselves that the rate is too high. An answer of success is never taken for
    /// a refusal unless the configuration says how one looks.
    public static final List<DisguisedRefusal> OF_ERRORS = List.of(
            of("/status", "429"),
            of("/code", "429"),
            of("/error/code", "429"),
            of("/error/status", "429"),
            of("/error/reason", "QUOTA_EXCEEDED"),
            of("/error/errors/0/reason", "rateLimitExceeded"),
            of("/error/errors/0/reason", "userRateLimitExceeded"),
            of("/errorCode", "TOO_MANY_REQUESTS"));

    private static DisguisedRefusal of(String pointer, String equals) {
        return new DisguisedRefusal(OptionalInt.empty(), JsonPointer.compile(pointer), Optional.of(equals));
    }

    public boolean mayHave(int answered) {
        return status.isEmpty() || status.getAsInt() == answered;
    }

    public boolean fits(int answered, JsonNode body) {
        JsonNode found = body.at(pointer);
        return mayHave(answered)
                && !found.isMissingNode()
                && !found.isNull()
                && (equals.isEmpty() || (found.isValueNode() && found.asString().equals(equals.get())));
    }
}
