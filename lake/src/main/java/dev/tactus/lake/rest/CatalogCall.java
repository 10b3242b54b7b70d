package dev.tactus.lake.rest;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.RESTUtil;

/// One request to the catalog.
///
/// @param names what the path names: a namespace, and a table of it; not yet decoded
/// @param query by name
record CatalogCall(CatalogRoute route, List<String> names, Map<String, String> query, String body) {
    /// Between the levels of a namespace, as the protocol says.
    private static final String LEVELS = "\u001f";

    private static final ObjectMapper JSON = json();

    /// As Iceberg's own client reads and writes it.
    private static ObjectMapper json() {
        ObjectMapper json = new ObjectMapper();
        json.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        json.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        json.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
        RESTSerializers.registerAll(json);
        return json;
    }

    Namespace namespace() {
        return namespace(RESTUtil.decodePathSegment(names.getFirst()));
    }

    TableIdentifier table() {
        return TableIdentifier.of(namespace(), RESTUtil.decodePathSegment(names.getLast()));
    }

    /// The namespace whose children are asked for; the empty one where it is not said.
    Namespace parent() {
        return Optional.ofNullable(query.get("parent"))
                .map(CatalogCall::namespace)
                .orElseGet(Namespace::empty);
    }

    /// Which snapshots of a table are wanted: all, or those that something is called by.
    SnapshotMode snapshots() {
        return "refs".equals(query.get("snapshots")) ? SnapshotMode.REFS : SnapshotMode.ALL;
    }

    /// How many of a list are wanted at once; absent where all of them.
    Optional<String> pageSize() {
        return Optional.ofNullable(query.get("pageSize"));
    }

    /// Where a list goes on.
    String page() {
        return query.getOrDefault("pageToken", "");
    }

    /// What was sent.
    ///
    /// @throws IllegalArgumentException if it is something else
    <T extends RESTRequest> T sent(Class<T> type) {
        try {
            T request = JSON.readValue(body, type);
            if (request == null) {
                throw new IllegalArgumentException("the request has no content");
            }
            request.validate();
            return request;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the request can't be read: " + e.getOriginalMessage(), e);
        }
    }

    static byte[] written(RESTResponse response) {
        try {
            return JSON.writeValueAsBytes(response);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer can't be written as JSON", e);
        }
    }

    private static Namespace namespace(String levels) {
        return Namespace.of(Arrays.stream(levels.split(LEVELS, -1))
                .filter(level -> !level.isEmpty())
                .toArray(String[]::new));
    }

    static String decoded(String sent) {
        return URLDecoder.decode(sent, StandardCharsets.UTF_8);
    }
}
