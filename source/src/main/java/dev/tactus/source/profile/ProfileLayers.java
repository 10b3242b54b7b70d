package dev.tactus.source.profile;

import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One mapping of a profile seen through what it extends: the nearest file that has a key decides;
/// mappings merge, lists don't.
///
/// @param layers the profile's own mapping first; never empty
record ProfileLayers(List<Layer> layers) {
    /// A mapping and the place its file's relative paths start from.
    record Layer(Section section, ProfileLocation home) {}

    /// A value and the place its file's relative paths start from.
    record Found(Value value, ProfileLocation home) {

        /// The text of the file this value names.
        String file() {
            return home.read(value);
        }
    }

    ProfileLayers {
        layers = List.copyOf(layers);
    }

    void only(String... keys) {
        layers.forEach(layer -> layer.section().only(keys));
    }

    Optional<Found> find(String key) {
        return layers.stream()
                .flatMap(layer -> layer.section().find(key).map(value -> new Found(value, layer.home())).stream())
                .findFirst();
    }

    Found require(String key) {
        return find(key).orElseThrow(() -> bad("\"" + key + "\" is missing"));
    }

    <T> T get(String key, Function<Value, T> read, T otherwise) {
        return find(key).map(found -> read.apply(found.value())).orElse(otherwise);
    }

    Optional<ProfileLayers> section(String key) {
        List<Layer> inner = new ArrayList<>();
        for (Layer layer : layers) {
            layer.section().find(key).ifPresent(value -> inner.add(new Layer(value.section(), layer.home())));
        }
        return inner.isEmpty() ? Optional.empty() : Optional.of(new ProfileLayers(inner));
    }

    ProfileLayers requireSection(String key) {
        return section(key).orElseThrow(() -> bad("\"" + key + "\" is missing"));
    }

    /// All keys, those of the innermost base first.
    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        layers.reversed().forEach(layer -> keys.addAll(layer.section().entries().keySet()));
        return keys;
    }

    InvalidConfiguration bad(String message) {
        return layers.getFirst().section().bad(message);
    }
}
