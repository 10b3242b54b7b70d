package dev.tactus.console.config;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where lineage goes: the `lineage:` section of the configuration.
///
/// @param namespace of the jobs
/// @param target a file, or a server
/// @param patience how long the end of a command waits, at most, for what is still on its way
public record LineageSettings(String namespace, Target target, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// Who takes the events.
    public sealed interface Target {
        /// A file, one event a line.
        record File(Path path) implements Target {}

        /// A server that takes events by POST, such as Marquez.
        ///
        /// @param apiKey the bearer token; from the environment
        record Server(URI address, Optional<String> apiKey) implements Target {
            @Override
            public String toString() {
                return address.toString();
            }
        }
    }

    /// Reads the section.
    ///
    /// @throws dev.tactus.settings.InvalidConfiguration for what is unknown or malformed
    public static LineageSettings read(Section yaml, Path folder) {
        yaml.only("namespace", "file", "url", "api_key", "timeout");
        if (yaml.has("file") == yaml.has("url")) {
            throw yaml.bad(
                    "say where lineage goes: file: ./lineage.ndjson, or url: of a server that takes OpenLineage");
        }
        if (yaml.has("file") && yaml.has("api_key")) {
            throw yaml.require("api_key").bad("a file needs no key; it goes with url");
        }
        Target target = yaml.find("file")
                .<Target>map(file -> new Target.File(Configuration.path(file, folder)))
                .orElseGet(() -> new Target.Server(
                        WebAddress.web(yaml.require("url")),
                        yaml.find("api_key").map(Value::text)));
        return new LineageSettings(
                yaml.find("namespace").map(Value::text).orElse("tactus"),
                target,
                yaml.find("timeout").map(LineageSettings::patience).orElse(PATIENCE));
    }

    private static Duration patience(Value value) {
        Duration duration = value.duration();
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw value.bad("expected 0s to 30s: so long, at most, a command waits at its end");
        }
        return duration;
    }
}
