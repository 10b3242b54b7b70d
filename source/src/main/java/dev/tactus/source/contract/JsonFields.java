package dev.tactus.source.contract;

import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.Isrc;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Reads single JSON values strictly: nothing is coerced but a whole number into an id.
public final class JsonFields {
    private static final int SHOWN = 80;

    private JsonFields() {}

    /// A non-empty text, or a whole number as text.
    public static Optional<String> text(JsonNode value) {
        if (value.isString() && !value.stringValue().isEmpty()) {
            return Optional.of(value.stringValue());
        }
        return value.isIntegralNumber() ? Optional.of(value.asString()) : Optional.empty();
    }

    static String requireText(JsonNode item, JsonPointer pointer, String at) {
        return text(item.at(pointer))
                .orElseThrow(() -> new ContractViolation(
                        at + pointer, "schema", "expected a text, found " + shown(item.at(pointer))));
    }

    /// A count: a whole number from 0 that fits a long, written without point or exponent; as a text as well where the
    /// schema lets that pass, since lines of CSV know no numbers.
    static long requireCount(JsonNode item, JsonPointer pointer, String at) {
        JsonNode value = item.at(pointer);
        if (value.isString() && value.stringValue().matches("[0-9]{1,18}")) {
            return Long.parseLong(value.stringValue());
        }
        if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
            return value.longValue();
        }
        throw new ContractViolation(
                at + pointer, "count", "expected a whole number from 0 to 9223372036854775807, found " + shown(value));
    }

    public static Isrc requireIsrc(JsonNode item, JsonPointer pointer, String at) {
        String written = requireText(item, pointer, at);
        try {
            return Isrc.parse(written);
        } catch (InvalidIsrc e) {
            throw new ContractViolation(at + pointer, "invalid_isrc", String.valueOf(e.getMessage()));
        }
    }

    static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        String text = value.isContainer() ? (value.isArray() ? "a list" : "an object") : value.toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
