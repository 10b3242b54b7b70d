package dev.tactus.simulator.service;

import dev.tactus.simulator.fault.ItemFault;
import java.nio.ByteBuffer;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/// Writes one JSON body, fields left out or of a wrong type where a fault says so. Not thread-safe.
final class JsonBody {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String NO_FIELD = "";

    private final ByteArrayBuilder bytes;
    private final JsonGenerator json;
    private String missing = NO_FIELD;
    private String wrong = NO_FIELD;
    private String doubled = NO_FIELD;

    JsonBody(int expectedBytes) {
        this.bytes = new ByteArrayBuilder(expectedBytes);
        this.json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);
    }

    /// What is wrong with the fields from here on.
    void bend(Optional<ItemFault> fault) {
        missing = NO_FIELD;
        wrong = NO_FIELD;
        doubled = NO_FIELD;
        if (fault.isPresent() && fault.get() instanceof ItemFault.MissingField(String field)) {
            missing = field;
        } else if (fault.isPresent() && fault.get() instanceof ItemFault.WrongType(String field)) {
            wrong = field;
        } else if (fault.isPresent() && fault.get() instanceof ItemFault.DoubledField(String field)) {
            doubled = field;
        }
    }

    void text(String name, String value) {
        if (holds(name)) {
            json.writeName(name);
            json.writeString(value);
            if (name.equals(doubled)) {
                json.writeStringProperty(name, value);
            }
        } else if (name.equals(wrong)) {
            json.writeNumberProperty(name, 42);
        }
    }

    void number(String name, long value) {
        if (holds(name)) {
            json.writeName(name);
            json.writeNumber(value);
            if (name.equals(doubled)) {
                json.writeNumberProperty(name, value);
            }
        } else if (name.equals(wrong)) {
            json.writeStringProperty(name, "n/a");
        }
    }

    void fraction(String name, double value) {
        json.writeNumberProperty(name, Math.round(value * 10_000) / 10_000.0);
    }

    void flag(String name, boolean value) {
        if (holds(name)) {
            json.writeBooleanProperty(name, value);
        } else if (name.equals(wrong)) {
            json.writeStringProperty(name, "maybe");
        }
    }

    void none(String name) {
        json.writeNullProperty(name);
    }

    void none() {
        json.writeNull();
    }

    void object() {
        json.writeStartObject();
    }

    /// Begins a nested object; where this answers false it isn't there and must be skipped.
    boolean object(String name) {
        if (!begins(name)) {
            return false;
        }
        json.writeStartObject();
        return true;
    }

    /// Begins a list; where this answers false it isn't there and must be skipped.
    boolean list(String name) {
        if (!begins(name)) {
            return false;
        }
        json.writeStartArray();
        return true;
    }

    void endObject() {
        json.writeEndObject();
    }

    void endList() {
        json.writeEndArray();
    }

    /// Ends the body.
    ByteBuffer done() {
        json.close();
        return ByteBuffer.wrap(bytes.getClearAndRelease());
    }

    private boolean begins(String name) {
        if (name.equals(wrong)) {
            json.writeStringProperty(name, "n/a");
        }
        if (!holds(name)) {
            return false;
        }
        json.writeName(name);
        return true;
    }

    private boolean holds(String name) {
        return !name.equals(missing) && !name.equals(wrong);
    }
}
