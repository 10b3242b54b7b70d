package dev.tactus.source.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.tactus.source.response.PayloadRejection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// What an endpoint promises to answer: a schema for the payload around its items, and one for each item,
/// so that the good items of a mixed answer can be told from the bad ones. Immutable and safe to share.
public final class PayloadContract {

    /// A compiled schema and the fields it speaks of.
    public record CompiledSchema(Schema schema, SchemaFields known) {}

    private final CompiledSchema envelope;
    private final Optional<CompiledSchema> item;

    public PayloadContract(CompiledSchema envelope, Optional<CompiledSchema> item) {
        this.envelope = envelope;
        this.item = item;
    }

    /// What is wrong with the payload around its items.
    public Optional<PayloadRejection> judge(JsonNode payload) {
        return judge(envelope, payload, "");
    }

    /// What is wrong with one item.
    ///
    /// @param at its pointer in the payload
    public Optional<PayloadRejection> judgeItem(JsonNode value, String at) {
        return item.flatMap(part -> judge(part, value, at));
    }

    public void findUnknown(JsonNode payload, Consumer<String> unknown) {
        envelope.known().findUnknown(payload, "", unknown);
    }

    public void findUnknownInItem(JsonNode value, String pattern, Consumer<String> unknown) {
        item.ifPresent(part -> part.known().findUnknown(value, pattern, unknown));
    }

    private static Optional<PayloadRejection> judge(CompiledSchema part, JsonNode value, String at) {
        List<Error> errors = part.schema().validate(value);
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
