package dev.tactus.source.profile;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.tactus.source.contract.PayloadContract;
import dev.tactus.source.contract.SchemaFields;
import dev.tactus.source.contract.StrictJson;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Compiles the JSON Schemas (2020-12) of one profile, each file once. Nothing is ever fetched from the
/// network.
final class SchemaCompiler {
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));
    private final Map<String, PayloadContract.CompiledSchema> compiled = new HashMap<>();

    PayloadContract.CompiledSchema compile(ProfileLayers.Found setting) {
        String text = setting.file();
        PayloadContract.CompiledSchema part = compiled.get(text);
        if (part == null) {
            part = compile(setting, text);
            compiled.put(text, part);
        }
        return part;
    }

    /// A schema of our own.
    PayloadContract.CompiledSchema compile(String text) {
        JsonNode document = StrictJson.parse(text);
        return new PayloadContract.CompiledSchema(registry.getSchema(document), SchemaFields.of(document));
    }

    private PayloadContract.CompiledSchema compile(ProfileLayers.Found setting, String text) {
        JsonNode document = parse(setting, text);
        if (setting.home() instanceof ProfileLocation.Folder) {
            requireSchema(setting, document);
        }
        try {
            Schema schema = registry.getSchema(document);
            schema.initializeValidators();
            return new PayloadContract.CompiledSchema(schema, SchemaFields.of(document));
        } catch (SchemaException e) {
            throw setting.value().bad("this schema can't be used: " + e.getMessage());
        }
    }

    private void requireSchema(ProfileLayers.Found setting, JsonNode document) {
        Schema meta = registry.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        List<com.networknt.schema.Error> errors = meta.validate(document);
        if (!errors.isEmpty()) {
            throw setting.value().bad("this is not a JSON Schema (2020-12): " + errors.getFirst());
        }
    }

    private static JsonNode parse(ProfileLayers.Found setting, String text) {
        try {
            return StrictJson.parse(text);
        } catch (JacksonException e) {
            throw setting.value().bad("this file is not JSON: " + e.getOriginalMessage());
        }
    }
}
