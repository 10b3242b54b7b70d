package dev.tactus.reconcile.manifest;

import dev.tactus.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A document of the chain of closes: JSON in one form only, keys sorted, so that its digest stands for what it says.
public final class CanonicalJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final byte[] bytes;

    /// @param bytes as they stand on disk
    CanonicalJson(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /// Writes it. Values are texts, whole numbers, flags, lists and maps of these; amounts are texts.
    public static CanonicalJson of(Map<String, ? extends @Nullable Object> content) {
        String text = MAPPER.writeValueAsString(new TreeMap<>(content)).replace("\r\n", "\n") + "\n";
        return new CanonicalJson(text.getBytes(StandardCharsets.UTF_8));
    }

    public String sha256() {
        return Sha256.of(bytes).hex();
    }

    /// What it says; empty where it is no JSON any more.
    Optional<JsonNode> read() {
        try {
            return Optional.of(MAPPER.readTree(bytes));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// The texts of a list.
    public static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CanonicalJson manifest && Arrays.equals(bytes, manifest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
