package dev.tactus.source.contract;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Parses JSON strictly: a name that comes twice in an object, or anything after the document, is an
/// error.
public final class StrictJson {
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper TOLERANT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /// Parses UTF-8.
    ///
    /// @throws tools.jackson.core.JacksonException if this is not one JSON document
    public static JsonNode parse(byte[] utf8) {
        return STRICT.readTree(utf8);
    }

    /// Whether what is wrong with a text that [#parse(byte[])] refuses is nothing but a name that comes twice in an
    /// object: the same request would give the same again.
    public static boolean doublesAName(byte[] utf8) {
        try {
            TOLERANT.readTree(utf8);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    /// Parses text.
    ///
    /// @throws tools.jackson.core.JacksonException if this is not one JSON document
    public static JsonNode parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
