package dev.tactus.source.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.tactus.source.response.PayloadRejection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// What an endpoint promises to return: a schema for the payload around its items, and one for each item,
/// so that the valid items of a mixed payload can be told from the others. Immutable and safe to share.
public final class PayloadContract {
    /// A compiled schema and the fields it knows.
    public record CompiledSchema(Schema schema, SchemaFields known) {}

    private final CompiledSchema envelope;
    private final Optional<CompiledSchema> item;

    public PayloadContract(CompiledSchema envelope, Optional<CompiledSchema> item) {
        this.envelope = envelope;
        this.item = item;
    }

    /// What is wrong with the payload around its items.
    public Optional<PayloadRejection> check(JsonNode payload) {
        return check(envelope, payload, "");
    }

    /// Whether this is a payload at all.
    public boolean holds(JsonNode payload) {
        return check(payload).isEmpty();
    }

    /// What is wrong with one item.
    ///
    /// @param at its pointer in the payload
    public Optional<PayloadRejection> checkItem(JsonNode value, String at) {
        return item.flatMap(schema -> check(schema, value, at));
    }

    public void findUnknown(JsonNode payload, Consumer<String> unknown) {
        envelope.known().findUnknown(payload, "", unknown);
    }

    public void findUnknownInItem(JsonNode value, String pattern, Consumer<String> unknown) {
        item.ifPresent(schema -> schema.known().findUnknown(value, pattern, unknown));
    }

    private static Optional<PayloadRejection> check(CompiledSchema compiled, JsonNode value, String at) {
        List<Error> errors = compiled.schema().validate(value);
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        Error first = errors.getFirst();
        String inside = first.getInstanceLocation() == null
                ? ""
                : first.getInstanceLocation().toString();
        String pointer = at + inside + ("required".equals(first.getKeyword()) ? "/" + first.getProperty() : "");
        String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "";
        return Optional.of(new PayloadRejection(pointer, "schema", first.getMessage() + more));
    }
}
