package dev.tactus.console;

import dev.tactus.source.profile.ProfileLint;
import dev.tactus.source.profile.SourceProfile;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What stands in a first tactus.yaml for a source of a bundled profile.
final class SourceSample {
    private SourceSample() {}

    static String of(String name) {
        StringBuilder yaml = new StringBuilder("  " + name + ":\n    profile: " + name + "\n");
        Map<String, String> parameters = SourceProfile.parameters(name);
        SourceProfile profile = SourceProfile.load(name, Path.of(""), parameters);
        profile.baseUrl()
                .ifPresent(url -> yaml.append("    base_url: ").append(url).append('\n'));
        if (profile.needsTokenUrl()) {
            profile.tokenUrl()
                    .ifPresent(url -> yaml.append("    token_url: ").append(url).append('\n'));
        }
        if (!parameters.isEmpty()) {
            yaml.append("    parameters:                 # yours, in place of these\n");
            parameters.forEach((key, value) ->
                    yaml.append("      ").append(key).append(": ").append(value).append('\n'));
        }
        Set<String> below = new LinkedHashSet<>(profile.credentials());
        for (String client : new String[] {"client_id", "client_secret"}) {
            if (below.remove(client)) {
                yaml.append("    ")
                        .append(client)
                        .append(": ")
                        .append(variable(name, client))
                        .append('\n');
            }
        }
        if (!below.isEmpty()) {
            yaml.append("    credentials:                # or NAME_file: the path of a file that holds it\n");
            below.forEach(key -> yaml.append("      ")
                    .append(key)
                    .append(": ")
                    .append(variable(name, key))
                    .append('\n'));
        }
        ProfileLint.of(name, Path.of(""))
                .notes()
                .forEach(note -> yaml.append("    # ")
                        .append(note.replaceFirst("^bundled profile ", ""))
                        .append('\n'));
        return yaml.toString().stripTrailing();
    }

    private static String variable(String name, String key) {
        return "${" + (name + "_" + key).replace('-', '_').toUpperCase(Locale.ROOT) + "}";
    }
}
