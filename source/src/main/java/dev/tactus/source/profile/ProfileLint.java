package dev.tactus.source.profile;

import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Value;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything that is wrong with a profile, and what is worth a thought, each with file, line and key.
///
/// @param errors with any of which the profile is refused
/// @param notes that refuse nothing
public record ProfileLint(List<String> errors, List<String> notes) {

    /// Reads a profile part by part.
    ///
    /// @param nameOrPath as [SourceProfile#load(String, Path)] takes it
    /// @throws InvalidConfiguration if it can't even be read
    public static ProfileLint of(String nameOrPath, Path relativeTo) {
        ProfileLayers profile = ProfileLoader.open(nameOrPath, relativeTo);
        Set<String> errors = new LinkedHashSet<>();
        Map<String, String> examples = new HashMap<>();
        refusal(errors, () -> examples.putAll(Parameters.examples(profile)));
        refusal(errors, () -> read(new ProfileReader(profile, examples), errors));
        return new ProfileLint(List.copyOf(errors), errors.isEmpty() ? notes(profile) : List.of());
    }

    /// Part by part, so that one mistake hides no other.
    private static void read(ProfileReader reader, Set<String> errors) {
        List<Runnable> parts = List.of(
                reader::name,
                reader::documents,
                reader::auth,
                () -> reader.url("base_url"),
                () -> reader.url("token_url"),
                reader::check,
                reader::headers,
                reader::precision,
                reader::freshness,
                reader::paths,
                reader::limits,
                reader::errors,
                reader::resolving,
                reader::datasets);
        parts.forEach(part -> refusal(errors, part));
    }

    private static void refusal(Set<String> errors, Runnable part) {
        try {
            part.run();
        } catch (InvalidConfiguration e) {
            errors.add(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> notes(ProfileLayers profile) {
        Set<String> notes = new LinkedHashSet<>();
        if (profile.find("limits").isEmpty()) {
            notes.add(note(profile, "no limits are known: they are learned, which costs a few refusals"));
        }
        if (profile.find("base_url").isEmpty()) {
            notes.add(note(profile, "without base_url each source in tactus.yaml has to say where the API is"));
        }
        profile.section("resolve").ifPresent(section -> schemas(section, notes));
        profile.section("datasets")
                .ifPresent(datasets -> datasets.keys()
                        .forEach(name -> datasets.section(name).ifPresent(section -> schemas(section, notes))));
        profile.find("unverified").map(ProfileLayers.Found::value).map(Value::list).orElseGet(List::of).stream()
                .map(value -> String.valueOf(value.bad(value.text()).getMessage()))
                .forEach(notes::add);
        return List.copyOf(notes);
    }

    private static void schemas(ProfileLayers section, Set<String> notes) {
        if (section.find("schema").isEmpty() && section.find("item_schema").isEmpty()) {
            notes.add(note(
                    section, "no schema: only the fields that are read are checked, and new ones are not reported"));
        }
    }

    private static String note(ProfileLayers at, String text) {
        return String.valueOf(at.bad(text).getMessage());
    }
}
