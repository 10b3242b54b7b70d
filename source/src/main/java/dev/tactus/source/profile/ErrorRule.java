package dev.tactus.source.profile;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// What a response means that has `status` and holds `equals` at `pointer`; conditions left out always hold.
///
/// @param status the HTTP status, any where empty
/// @param pointer what must be present and not null
/// @param equals what must stand there, compared as text; anything where empty
/// @param means what the response then means
public record ErrorRule(OptionalInt status, Optional<JsonPointer> pointer, Optional<String> equals, Meaning means) {
    /// What an error response means for the request.
    public enum Meaning {
        THROTTLED,
        NOT_FOUND,
        UNAUTHORIZED,
        FORBIDDEN,
        RETRY,
        REFUSED
    }

    public ErrorRule {
        if (status.isEmpty() && pointer.isEmpty()) {
            throw new IllegalArgumentException("an error rule needs a status or a pointer");
        }
        if (equals.isPresent() && pointer.isEmpty()) {
            throw new IllegalArgumentException("equals needs a pointer");
        }
    }

    public boolean fits(int answered, @Nullable JsonNode body) {
        if (status.isPresent() && status.getAsInt() != answered) {
            return false;
        }
        if (pointer.isEmpty()) {
            return true;
        }
        if (body == null) {
            return false;
        }
        JsonNode found = body.at(pointer.get());
        return !found.isMissingNode()
                && !found.isNull()
                && (equals.isEmpty() || (found.isValueNode() && found.asString().equals(equals.get())));
    }
}
