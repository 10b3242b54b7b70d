package dev.tactus.serve.events;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Something that happened.
///
/// @param number its place among all events: the cursor of readers
/// @param id the same for the same thing, whoever notices it and however often
/// @param type such as `dev.tactus.run.finished`
/// @param subject what it is about, by the id that commands and pages know it by
/// @param at when it happened
/// @param data what the command says of it
public record SiteEvent(long number, String id, String type, String subject, Instant at, JsonNode data) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /// As a CloudEvent (1.0, JSON), with the cursor as an extension.
    public ObjectNode cloudEvent() {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", "/tactus");
        event.put("type", type);
        event.put("subject", subject);
        event.put("time", at.toString());
        event.put("datacontenttype", "application/json");
        event.put("cursor", number);
        event.set("data", data);
        return event;
    }

    public String json() {
        return MAPPER.writeValueAsString(cloudEvent());
    }
}
