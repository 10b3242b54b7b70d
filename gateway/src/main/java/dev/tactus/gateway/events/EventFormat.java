package dev.tactus.gateway.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes events as CloudEvents 1.0 in JSON.
final class EventFormat {
    static final String TYPE = "dev.tactus.resource.changed";
    /// What callbacks are asked to allow.
    static final String ORIGIN = "tactus.dev";
    static final JsonMapper MAPPER = new JsonMapper();

    private static final int LARGEST = 256 * 1024;

    private EventFormat() {}

    static String id(long number) {
        return "evt_" + number;
    }

    /// A resource's new appearance.
    static String changed(long number, String resource, Instant at, String type, byte[] body) {
        Map<String, Object> event = head(number, resource, at, TYPE);
        String bare = type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        event.put("datacontenttype", bare.isEmpty() ? "application/octet-stream" : bare);
        if (body.length > LARGEST) {
            event.put("datatoolarge", true); // whoever wants it asks for the resource
            return MAPPER.writeValueAsString(event);
        }
        if (bare.endsWith("/json") || bare.endsWith("+json")) {
            try {
                event.put("data", MAPPER.readTree(body));
                return MAPPER.writeValueAsString(event);
            } catch (JacksonException e) {
                event.put("datacontenttype", "text/plain"); // it says JSON and is none
            }
        }
        if (bare.startsWith("text/")) {
            event.put("data", new String(body, StandardCharsets.UTF_8));
        } else {
            event.put("data_base64", Base64.getEncoder().encodeToString(body));
        }
        return MAPPER.writeValueAsString(event);
    }

    /// What the upstream posted itself.
    ///
    /// @param type of the event, as the upstream has it
    static String published(long number, String resource, Instant at, String type, JsonNode data) {
        Map<String, Object> event = head(number, resource, at, type.isEmpty() ? TYPE : type);
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return MAPPER.writeValueAsString(event);
    }

    private static Map<String, Object> head(long number, String resource, Instant at, String type) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id(number));
        event.put("source", "tactus/gateway");
        event.put("type", type);
        event.put("subject", resource);
        event.put("time", at.toString());
        return event;
    }
}
