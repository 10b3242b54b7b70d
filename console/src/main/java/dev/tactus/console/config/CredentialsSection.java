package dev.tactus.console.config;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import dev.tactus.source.profile.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The secrets of one source in `tactus.yaml`: `credentials`, and those of a client beside it. Each may lie in a file
/// that `NAME_file` names.
final class CredentialsSection {
    private static final String FILE = "_file";

    private CredentialsSection() {}

    /// @param yaml the source
    static Map<String, String> read(Section yaml, Path folder) {
        Map<String, String> credentials = new LinkedHashMap<>();
        for (String key : List.of("client_id", "client_secret", "client_secret_file")) {
            yaml.find(key).ifPresent(value -> add(key, value, folder, credentials));
        }
        yaml.find("credentials")
                .ifPresent(
                        all -> all.section().entries().forEach((key, value) -> add(key, value, folder, credentials)));
        return credentials;
    }

    private static void add(String key, Value value, Path folder, Map<String, String> credentials) {
        boolean file = key.endsWith(FILE);
        String name = file ? key.substring(0, key.length() - FILE.length()) : key;
        if (credentials.putIfAbsent(name, file ? secret(value, folder) : filled(value)) != null) {
            throw value.bad(name + " is there twice: keep one of " + name + " and " + name + FILE);
        }
    }

    /// @param needed what the profile asks for
    static Credentials check(Section yaml, String profile, Set<String> needed, Map<String, String> found) {
        List<String> missing =
                needed.stream().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw yaml.bad("profile " + profile + " needs credentials: " + String.join(" and ", missing)
                    + (missing.size() == 1 ? " is" : " are") + " missing; write "
                    + (missing.contains("client_id") ? "them here" : "them below \"credentials:\"")
                    + ", best as ${VARIABLE}, or as NAME_file: the path of a file");
        }
        found.keySet().stream()
                .filter(name -> !needed.contains(name) && !needed.isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw yaml.bad("profile " + profile + " has no use for the credential " + name + ", only for "
                            + String.join(", ", needed));
                });
        return Credentials.of(found);
    }

    private static String filled(Value value) {
        String text = value.text().strip();
        if (text.isEmpty()) {
            throw value.bad("is empty");
        }
        return text;
    }

    private static String secret(Value value, Path folder) {
        Path file = Configuration.path(value, folder);
        try {
            String secret = Files.readString(file).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
        } catch (IOException e) {
            throw value.missing("cannot read " + file + ": it must be a file that holds the secret and nothing else");
        }
        throw value.bad(file + " is empty");
    }
}
