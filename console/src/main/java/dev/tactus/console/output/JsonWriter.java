package dev.tactus.console.output;

import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes values as JSON, the same bytes in every run.
///
/// Times and paths are texts, numbers are numbers, bytes are base 64, an empty optional is null. Fields keep the order
/// of a [JsonObject] or of a map that has one; any other map, such as `Map.of`, is sorted by its keys.
public final class JsonWriter {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonWriter() {}

    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(plain(value));
    }

    static <V extends @Nullable Object> SequencedMap<String, V> ordered(Map<?, V> map) {
        SequencedMap<String, V> ordered = map instanceof SequencedMap<?, V> ? new LinkedHashMap<>() : new TreeMap<>();
        map.forEach((key, value) -> ordered.put(String.valueOf(key), value));
        return ordered;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case JsonObject object -> plain(object.fields());
            case Map<?, ?> map -> {
                SequencedMap<String, @Nullable Object> plain = new LinkedHashMap<>();
                ordered(map).forEach((key, entry) -> plain.put(key, plain(entry)));
                yield plain;
            }
            case Collection<?> list -> {
                List<@Nullable Object> plain = new ArrayList<>(list.size());
                list.forEach(entry -> plain.add(plain(entry)));
                yield plain;
            }
            case Optional<?> optional -> plain(optional.orElse(null));
            case TemporalAccessor time -> time.toString();
            case Path path -> path.toString();
            case null, default -> value;
        };
    }
}
