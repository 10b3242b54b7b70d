package dev.tactus.source.profile;

import dev.tactus.settings.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a profile leaves to the operator, such as a storefront: filled in where `{name}` stands when it is read.
final class Parameters {
    /// In place of a value: the operator has to give one.
    private static final String REQUIRED = "required";

    private final Map<String, String> values = new LinkedHashMap<>();

    /// @param chosen the operator's values
    Parameters(ProfileLayers profile, Map<String, String> chosen) {
        Optional<ProfileLayers> section = profile.section("parameters");
        Set<String> known = section.map(ProfileLayers::keys).orElseGet(Set::of);
        for (String name : chosen.keySet()) {
            if (!known.contains(name)) {
                throw profile.bad("there is no parameter \"" + name + "\" in this profile, "
                        + (known.isEmpty() ? "and no other" : "only " + String.join(", ", known)));
            }
        }
        section.ifPresent(parameters -> known.forEach(name -> {
            var own = parameters.require(name).value();
            if (!name.matches("[a-z][a-z0-9_]*") || RequestTemplate.PLACES.contains(name)) {
                throw own.bad("a parameter has a name of its own in small letters, digits and underscores");
            }
            String value = chosen.getOrDefault(name, own.text());
            if (value.equals(REQUIRED)) {
                throw own.missing("write below the source in tactus.yaml: parameters: {" + name + ": …}");
            }
            values.put(name, value);
        }));
    }

    /// Values for all parameters, an example where the operator has to give one.
    static Map<String, String> examples(ProfileLayers profile) {
        Map<String, String> examples = new LinkedHashMap<>();
        profile.section("parameters")
                .ifPresent(section -> section.keys().forEach(name -> {
                    String own = section.require(name).value().text();
                    examples.put(name, own.equals(REQUIRED) ? "example" : own);
                }));
        return examples;
    }

    /// A text of the profile with the values put in.
    String filled(Value value) {
        String text = value.text();
        for (Map.Entry<String, String> parameter : values.entrySet()) {
            text = text.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        return text;
    }
}
