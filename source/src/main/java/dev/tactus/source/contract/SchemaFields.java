package dev.tactus.source.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fields that a JSON Schema knows, to find the fields of a payload that it does not.
///
/// Looks through `properties`, `items`, `prefixItems`, references within the schema, and what is combined
/// by `allOf`, `anyOf`, `oneOf`, `if`, `then` and `else`. Where a schema names no properties, or takes
/// any by pattern, every field counts as known. Immutable once built.
public final class SchemaFields {
    private final Map<String, SchemaFields> properties = new HashMap<>();
    private @Nullable SchemaFields items;
    private boolean open;

    private SchemaFields() {}

    public static SchemaFields of(JsonNode schema) {
        SchemaFields known = new SchemaFields();
        known.add(schema, schema, new HashMap<>());
        return known;
    }

    /// Reports the pointer pattern of each unknown field, list positions as `*`; what is inside an unknown field is not
    /// examined.
    void findUnknown(JsonNode value, String at, Consumer<String> unknown) {
        find(value, new Place(null, at), unknown);
    }

    /// A place in a payload; spelled out only when something is found there.
    private record Place(@Nullable Place parent, String name) {
        String pattern() {
            return parent == null ? name : parent.pattern() + "/" + name;
        }
    }

    private void find(JsonNode value, Place at, Consumer<String> unknown) {
        if (value.isArray() && items != null) {
            Place inside = new Place(at, "*");
            for (JsonNode element : value) {
                items.find(element, inside, unknown);
            }
        } else if (value.isObject() && !properties.isEmpty()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                SchemaFields known = properties.get(field.getKey());
                if (known == null) {
                    if (!open) {
                        unknown.accept(new Place(at, escape(field.getKey())).pattern());
                    }
                } else if (field.getValue().isContainer()) {
                    known.find(field.getValue(), new Place(at, escape(field.getKey())), unknown);
                }
            }
        }
    }

    private void add(JsonNode schema, JsonNode root, Map<String, SchemaFields> references) {
        if (!schema.isObject()) {
            return;
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            properties
                    .computeIfAbsent(property.getKey(), name -> new SchemaFields())
                    .add(property.getValue(), root, references);
        }
        open |= schema.has("patternProperties")
                || schema.path("additionalProperties").isObject()
                || schema.path("unevaluatedProperties").isObject();
        for (JsonNode element : schema.path("prefixItems")) {
            items().add(element, root, references);
        }
        if (schema.path("items").isObject()) {
            items().add(schema.path("items"), root, references);
        }
        for (String keyword : new String[] {"allOf", "anyOf", "oneOf"}) {
            for (JsonNode part : schema.path(keyword)) {
                add(part, root, references);
            }
        }
        for (String keyword : new String[] {"if", "then", "else"}) {
            add(schema.path(keyword), root, references);
        }
        String reference = schema.path("$ref").asString("");
        if (reference.startsWith("#/")) {
            follow(reference, root, references);
        } else if (!reference.isEmpty()) {
            open = true;
        }
    }

    private void follow(String reference, JsonNode root, Map<String, SchemaFields> references) {
        SchemaFields there = references.get(reference);
        if (there == null) {
            there = new SchemaFields();
            references.put(reference, there);
            there.add(root.at(reference.substring(1)), root, references);
        }
        properties.putAll(there.properties);
        open |= there.open;
        if (items == null) {
            items = there.items;
        }
    }

    private SchemaFields items() {
        if (items == null) {
            items = new SchemaFields();
        }
        return items;
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
