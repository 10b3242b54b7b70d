package dev.tactus.source.profile;

import dev.tactus.source.contract.PayloadFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How payloads are written, and how they become one document with a list of items.
///
/// @param format how they are written
/// @param items where the items stand; the payload itself is the one item where empty
/// @param groupBy where, in flat rows at `items`, stands what they belong to: the rows of each become one item,
/// `{"rows": [...]}`
/// @param list the list that goes on over several pages: the items, or the rows of the one item
public record PayloadShape(
        PayloadFormat format, Optional<JsonPointer> items, Optional<JsonPointer> groupBy, Optional<JsonPointer> list) {
    private static final String PAGES = "pages";

    /// Several pages in one body, each as it came.
    public static byte[] together(List<byte[]> pages) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String before = "{\"" + PAGES + "\":[";
        for (byte[] page : pages) {
            body.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(page);
            before = ",";
        }
        body.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    JsonNode parse(byte[] body) {
        JsonNode payload = format.parse(body);
        JsonNode pages = payload.path(PAGES);
        if (list.isPresent() && pages.isArray() && payload.size() == 1 && !pages.isEmpty()) {
            payload = joined(pages, list.get());
        }
        groupBy.flatMap(key -> items).map(payload::at).filter(JsonNode::isArray).ifPresent(this::group);
        return payload;
    }

    private static JsonNode joined(JsonNode pages, JsonPointer list) {
        JsonNode first = pages.get(0);
        if (first.at(list) instanceof ArrayNode all) {
            for (int page = 1; page < pages.size(); page++) {
                pages.get(page).at(list).forEach(all::add);
            }
        }
        return first;
    }

    private void group(JsonNode flat) {
        Map<String, ArrayNode> groups = new LinkedHashMap<>();
        for (JsonNode row : flat) {
            groups.computeIfAbsent(
                            row.at(groupBy.orElseThrow()).asString(""),
                            _ -> JsonMapper.shared().createArrayNode())
                    .add(row);
        }
        ArrayNode list = (ArrayNode) flat;
        list.removeAll();
        groups.values().forEach(rows -> {
            ObjectNode item = list.addObject();
            item.set("rows", rows);
        });
    }
}
