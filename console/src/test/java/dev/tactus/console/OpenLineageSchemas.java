package dev.tactus.console;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OpenLineage's own JSON schemas, of the resources, and what events have against them.
final class OpenLineageSchemas {
    private static final List<String> FILES = List.of(
            "OpenLineage.json",
            "facets/DatasetVersionDatasetFacet.json",
            "facets/ErrorMessageRunFacet.json",
            "facets/JobTypeJobFacet.json",
            "facets/OutputStatisticsOutputDatasetFacet.json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCHEMA = "_schemaURL";

    private final SchemaRegistry registry;

    OpenLineageSchemas() {
        Map<String, String> schemas = new HashMap<>();
        for (String file : FILES) {
            String text = text(file);
            schemas.put(JSON.readTree(text).path("$id").asString(), text);
        }
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(schemas)
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .locale(Locale.ENGLISH)
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    private static String text(String file) {
        try (InputStream in = OpenLineageSchemas.class.getResourceAsStream("/openlineage/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is wrong with an event and its facets; each is held against the schema that it names itself.
    List<String> complaints(JsonNode event) {
        List<String> complaints = new ArrayList<>();
        validate(event.path("schemaURL").asString(), event, complaints);
        facets(event, complaints);
        return complaints;
    }

    private void facets(JsonNode node, List<String> complaints) {
        if (node.has(SCHEMA)) {
            validate(node.path(SCHEMA).asString(), node, complaints);
        }
        node.valueStream().forEach(inside -> facets(inside, complaints));
    }

    private void validate(String schema, JsonNode node, List<String> complaints) {
        registry.getSchema(SchemaLocation.of(schema))
                .validate(node)
                .forEach(error -> complaints.add(schema + ": " + error));
    }
}
