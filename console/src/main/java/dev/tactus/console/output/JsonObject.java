package dev.tactus.console.output;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A JSON object whose fields stand in the order in which they were put, the same in every run.
///
/// Not thread-safe.
public final class JsonObject {
    private final SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();

    public static JsonObject of(String name, @Nullable Object value) {
        return new JsonObject().put(name, value);
    }

    public JsonObject put(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    public JsonObject putAll(JsonObject other) {
        fields.putAll(other.fields);
        return this;
    }

    public JsonObject putAll(Map<String, ? extends @Nullable Object> other) {
        fields.putAll(JsonWriter.ordered(other));
        return this;
    }

    public SequencedMap<String, @Nullable Object> fields() {
        return Collections.unmodifiableSequencedMap(fields);
    }
}
