package dev.tactus.serve.api;

import dev.tactus.serve.lists.ColumnKind;
import dev.tactus.serve.lists.ListColumn;
import dev.tactus.serve.lists.ServedList;
import dev.tactus.serve.lists.ServedLists;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document (3.1), made of the same columns that the answers have.
public final class ApiDocument {
    private static final List<String> DETAILS = List.of("runs", "statements", "dead-letters", "periods");

    private ApiDocument() {}

    public static JsonNode write(String version) {
        ObjectNode document = ApiJson.MAPPER.createObjectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Tactus")
                .put("version", version)
                .put("description", "What the commands of Tactus answer, for programs. docs/serve.md has examples.");
        ObjectNode paths = document.putObject("paths");
        for (ServedList listing : ServedLists.all()) {
            if (listing.name().equals("events")) {
                continue; // programs get them whole, as CloudEvents
            }
            list(paths.putObject("/api/v1/" + listing.name()).putObject("get"), listing);
            if (DETAILS.contains(listing.name())) {
                detail(paths.putObject("/api/v1/" + listing.name() + "/{id}").putObject("get"), listing);
            }
        }
        events(paths.putObject("/api/v1/events").putObject("get"));
        ObjectNode components = document.putObject("components");
        ObjectNode schemas = components.putObject("schemas");
        ServedLists.all().forEach(listing -> row(schemas.putObject(name(listing)), listing));
        problem(schemas.putObject("Problem"));
        event(schemas.putObject("Event"));
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "The token of a person under serve: people. Needed where people are configured.");
        document.putArray("security").addObject().putArray("token");
        return document;
    }

    private static void list(ObjectNode get, ServedList listing) {
        get.put("operationId", "list" + name(listing));
        get.put("summary", "tactus " + String.join(" ", listing.words()));
        ArrayNode parameters = get.putArray("parameters");
        query(parameters, "q", "string", "words that a row must have in some column");
        query(parameters, "sort", "string", "a column; with a minus before it descending");
        query(parameters, "page", "integer", "from 1");
        query(parameters, "size", "integer", "rows of a page, 50 unless told, at most 10000");
        query(parameters, "format", "string", "csv for all rows as CSV");
        listing.columns()
                .forEach(column ->
                        query(parameters, column.name(), "string", "only rows whose " + column.name() + " is this"));
        ObjectNode schema = ok(get);
        schema.put("type", "object");
        ArrayNode required = schema.putArray("required");
        List.of("command", "ok", "total", "page", "size", listing.array()).forEach(required::add);
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("command").put("type", "string");
        properties.putObject("ok").put("type", "boolean");
        List.of("total", "page", "size")
                .forEach(name -> properties.putObject(name).put("type", "integer"));
        properties
                .putObject(listing.array())
                .put("type", "array")
                .putObject("items")
                .put("$ref", "#/components/schemas/" + name(listing));
        problems(get);
    }

    private static void detail(ObjectNode get, ServedList listing) {
        get.put("operationId", "show" + name(listing));
        ObjectNode id = get.putArray("parameters").addObject();
        id.put("name", "id").put("in", "path").put("required", true);
        id.putObject("schema").put("type", "string");
        ok(get).put("type", "object");
        problems(get);
    }

    private static void events(ObjectNode get) {
        get.put("operationId", "listEvents");
        get.put(
                "summary",
                "CloudEvents in a stable order: as a stream (text/event-stream) where it is accepted, else as JSON");
        ArrayNode parameters = get.putArray("parameters");
        query(parameters, "after", "integer", "the cursor of the last event that is known");
        query(parameters, "size", "integer", "at most so many");
        ObjectNode schema = ok(get);
        schema.put("type", "object");
        ArrayNode required = schema.putArray("required");
        List.of("events", "after").forEach(required::add);
        ObjectNode properties = schema.putObject("properties");
        properties
                .putObject("events")
                .put("type", "array")
                .putObject("items")
                .put("$ref", "#/components/schemas/Event");
        properties.putObject("after").put("type", "integer");
        problems(get);
    }

    private static void event(ObjectNode schema) {
        schema.put("type", "object");
        ArrayNode required = schema.putArray("required");
        List.of("specversion", "id", "source", "type", "time", "cursor", "data").forEach(required::add);
        ObjectNode properties = schema.putObject("properties");
        List.of("specversion", "id", "source", "type", "subject", "time", "datacontenttype")
                .forEach(name -> properties.putObject(name).put("type", "string"));
        properties.putObject("cursor").put("type", "integer");
        properties.putObject("data").put("type", "object");
    }

    private static ObjectNode ok(ObjectNode get) {
        ObjectNode ok = get.putObject("responses").putObject("200");
        ok.put("description", "the answer");
        return ok.putObject("content").putObject("application/json").putObject("schema");
    }

    private static void problems(ObjectNode get) {
        ObjectNode responses = (ObjectNode) get.path("responses");
        ObjectNode other = responses.putObject("default");
        other.put("description", "one message: what, where, what to do");
        other.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
    }

    private static void problem(ObjectNode schema) {
        schema.put("type", "object");
        ArrayNode required = schema.putArray("required");
        required.add("ok").add("error");
        schema.putObject("properties").putObject("error").put("type", "string");
    }

    private static void query(ArrayNode parameters, String name, String type, String description) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", name).put("in", "query").put("description", description);
        parameter.putObject("schema").put("type", type);
    }

    private static void row(ObjectNode schema, ServedList listing) {
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ArrayNode required = schema.putArray("required");
        listing.columns().forEach(column -> required.add(column.name()));
        ObjectNode properties = schema.putObject("properties");
        listing.columns().forEach(column -> field(properties.putObject(column.name()), column));
    }

    private static void field(ObjectNode schema, ListColumn column) {
        if (!column.kind().schema().isEmpty()) {
            schema.putArray("type").add(column.kind().schema()).add("null");
        }
        if (column.kind() == ColumnKind.TIME) {
            schema.put("format", "date-time");
        }
        if (column.kind() == ColumnKind.DAY && !column.name().equals("period")) {
            schema.put("format", "date");
        }
    }

    private static String name(ServedList listing) {
        StringBuilder name = new StringBuilder();
        for (String word : listing.name().split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }
}
