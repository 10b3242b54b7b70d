package dev.tactus.serve.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A payload with what a JSON Pointer (RFC 6901) leads to marked.
final class PayloadMark {
    /// Stands in the payload for what is marked, while it is written with line breaks.
    private static final String PLACE = "\u0001tactus-mark\u0001";

    private static final int LONGEST = 200_000;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PayloadMark() {}

    /// The text in parts, one of them marked; as it is where it is no JSON or the pointer leads nowhere.
    static List<Map<String, Object>> parts(String body, String pointer) {
        String shown = body.length() > LONGEST ? body.substring(0, LONGEST) + "…" : body;
        try {
            JsonNode root = MAPPER.readTree(body);
            JsonNode meant = pointer.startsWith("/") ? root.at(pointer) : root.path("");
            if (meant.isMissingNode()) {
                return List.of(part(limited(MAPPER.writeValueAsString(root)), false));
            }
            String marked = MAPPER.writeValueAsString(meant);
            put(root, pointer);
            String whole = MAPPER.writeValueAsString(root);
            String place = MAPPER.writeValueAsString(PLACE);
            int at = whole.indexOf(place);
            if (at < 0) {
                return List.of(part(shown, false));
            }
            List<Map<String, Object>> parts = new ArrayList<>();
            parts.add(part(whole.substring(0, at), false));
            parts.add(part(marked, true));
            parts.add(part(limited(whole.substring(at + place.length())), false));
            return parts;
        } catch (JacksonException | IllegalArgumentException e) {
            return List.of(part(shown, false));
        }
    }

    private static void put(JsonNode root, String pointer) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        switch (parent) {
            case ObjectNode object -> object.put(name, PLACE);
            case ArrayNode array -> array.set(Integer.parseInt(name), PLACE);
            default -> throw new IllegalArgumentException("nothing stands in " + pointer);
        }
    }

    private static String limited(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static Map<String, Object> part(String text, boolean marked) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("text", text);
        part.put("marked", marked);
        return part;
    }
}
