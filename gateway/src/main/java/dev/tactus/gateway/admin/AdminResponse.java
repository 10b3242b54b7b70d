package dev.tactus.gateway.admin;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What the admin's address answers.
sealed interface AdminResponse {
    JsonMapper MAPPER = new JsonMapper();

    /// All figures, in Prometheus' text format.
    record Metrics() implements AdminResponse {}

    /// A text of some kind.
    record Body(int status, String type, String text, Map<String, String> headers) implements AdminResponse {
        public Body {
            headers = Map.copyOf(headers);
        }

        Body withStatus(int other) {
            return new Body(other, type, text, headers);
        }

        Body with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Body(status, type, text, more);
        }
    }

    static Body text(String text) {
        return new Body(200, "text/plain; charset=utf-8", text, Map.of());
    }

    static Body json(Map<String, ?> fields) {
        return new Body(200, "application/json", MAPPER.writeValueAsString(fields) + "\n", Map.of());
    }

    static Body error(int status, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error", message);
        return json(fields).withStatus(status);
    }
}
