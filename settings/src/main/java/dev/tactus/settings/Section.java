package dev.tactus.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One mapping of a YAML document that a person wrote: keys and values that know where they stand.
///
/// Every refusal is a [InvalidConfiguration] that names file, line and key. Values are read by what the reader
/// expects, so `yes` or `012` mean what they say. Variables `${NAME}` are put in when a value is read. Immutable.
public final class Section {
    private final SettingLocation place;
    private final Map<String, Value> entries;

    Section(SettingLocation place, Map<String, Value> entries) {
        this.place = place;
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /// Reads a file whose document is one mapping.
    ///
    /// @param variables the values of variables by name, null where there is none; usually `System::getenv`
    /// @throws InvalidConfiguration if the file can't be read, is not UTF-8, or is not a YAML mapping
    public static Section read(Path file, UnaryOperator<@Nullable String> variables) {
        return Document.read(file, variables);
    }

    /// Reads a text; `name` stands for the file's name in messages.
    public static Section parse(String name, String yaml, UnaryOperator<@Nullable String> variables) {
        return Document.parse(name, yaml, variables);
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /// The value of a key that must be there and must not be empty.
    public Value require(String key) {
        return find(key).orElseThrow(() -> place.bad("\"" + key + "\" is missing"));
    }

    /// The value of a key; a key without a value (`key:`) counts as absent.
    public Optional<Value> find(String key) {
        return Optional.ofNullable(entries.get(key)).filter(value -> !value.isEmpty());
    }

    /// All keys and values, in the file's order.
    public Map<String, Value> entries() {
        return entries;
    }

    /// Refuses every key but these, with the nearest known one as a suggestion.
    public void only(String... keys) {
        List<String> known = List.of(keys);
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.bad("this key is not known; "
                        + KeySuggestion.nearest(key, known)
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("known here: " + String.join(", ", known)));
            }
        });
    }

    /// A refusal located at this mapping.
    public InvalidConfiguration bad(String message) {
        return place.bad(message);
    }
}
