package dev.tactus.gateway.config;

import dev.tactus.gateway.quota.RoutePattern;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `events:`.
final class EventSettingsReader {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration KEEP = Duration.ofDays(1);

    private EventSettingsReader() {}

    static EventSettings events(Value value) {
        Section yaml = value.section();
        yaml.only("resources", "callbacks", "publish_token", "prefix", "keep");
        Optional<Section> callbacks = yaml.find("callbacks").map(Value::section);
        callbacks.ifPresent(section -> section.only("private_addresses", "challenge"));
        return new EventSettings(
                yaml.find("prefix").map(EventSettingsReader::prefix).orElse("/subscriptions"),
                yaml.find("resources").map(Value::list).orElse(List.of()).stream()
                        .map(EventSettingsReader::resource)
                        .toList(),
                yaml.find("publish_token").map(EventSettingsReader::token),
                callbacks
                        .flatMap(section -> section.find("private_addresses"))
                        .map(Value::flag)
                        .orElse(false),
                callbacks
                        .flatMap(section -> section.find("challenge"))
                        .map(Value::flag)
                        .orElse(true),
                ScalarParser.duration(yaml, "keep", KEEP));
    }

    private static String prefix(Value value) {
        if (value.text().matches("(/[A-Za-z0-9._~-]+)+")) {
            return value.text();
        }
        throw value.bad("expected a path such as /subscriptions, found \"" + value.text() + "\"");
    }

    private static String token(Value value) {
        if (value.text().length() >= 8) {
            return value.text();
        }
        throw value.bad("a token has at least 8 characters; create one with: openssl rand -hex 32");
    }

    private static String field(String name, Value value) {
        boolean plain = value.text().chars().allMatch(c -> c >= ' ' && c != 127);
        if (plain && name.matches("[A-Za-z0-9-]{1,100}")) {
            return name;
        }
        throw value.bad("expected a header field such as Accept: application/json, without control characters");
    }

    private static EventSettings.Resource resource(Value value) {
        Section yaml = value.section();
        yaml.only("path", "every", "headers", "public");
        Map<String, String> headers = new LinkedHashMap<>();
        yaml.find("headers")
                .map(Value::section)
                .ifPresent(section ->
                        section.entries().forEach((name, text) -> headers.put(field(name, text), text.text())));
        try {
            return new EventSettings.Resource(
                    new RoutePattern(yaml.require("path").text(), Set.of()),
                    ScalarParser.duration(yaml, "every", EVERY),
                    headers,
                    yaml.find("public").map(Value::flag).orElse(false));
        } catch (IllegalArgumentException e) {
            throw value.bad(String.valueOf(e.getMessage()));
        }
    }
}
