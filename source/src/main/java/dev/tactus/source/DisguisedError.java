package dev.tactus.source;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// An error in a body that came with a status of success, where no rule of the profile knows it.
///
/// @param status the HTTP status that the body names; empty where it names none
record DisguisedError(OptionalInt status) {
    private static final List<String> MARKS = List.of("error", "errors", "fault", "exception", "message");
    private static final List<JsonPointer> STATUSES = List.of(
                    "/error/status",
                    "/error/code",
                    "/error/status_code",
                    "/errors/0/status",
                    "/errors/0/code",
                    "/status",
                    "/code",
                    "/status_code",
                    "/statusCode")
            .stream()
            .map(JsonPointer::compile)
            .toList();

    /// Reads a body that is against the contract.
    static Optional<DisguisedError> in(JsonNode body) {
        if (!body.isObject()) {
            return Optional.empty();
        }
        OptionalInt status = STATUSES.stream()
                .map(body::at)
                .map(DisguisedError::httpStatus)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
        return status.isPresent() || MARKS.stream().anyMatch(mark -> says(body.path(mark)))
                ? Optional.of(new DisguisedError(status))
                : Optional.empty();
    }

    private static boolean says(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> !value.asString().isBlank();
            case OBJECT, ARRAY -> !value.isEmpty();
            case NUMBER -> true;
            case BOOLEAN -> value.asBoolean();
            case BINARY, MISSING, NULL, POJO -> false;
        };
    }

    /// A status of an error, as a number or as text.
    private static OptionalInt httpStatus(JsonNode value) {
        if (!value.isValueNode()) {
            return OptionalInt.empty();
        }
        String text = value.asString("").strip();
        return text.matches("[45][0-9]{2}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
