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

/// What `events:` says: which resources may be subscribed to, and how their changes are found and delivered.
///
/// @param prefix the path of subscriptions
/// @param publishToken with which the upstream posts events itself; it can't where empty
/// @param privateAddresses whether callbacks may go to addresses that aren't public
/// @param challenge whether a callback must say that it wants events (CloudEvents' webhooks: OPTIONS)
/// @param linksOnRefusals whether who polls is told on a refusal where to subscribe
/// @param keep how long events can be replayed
public record EventSettings(
        String prefix,
        List<Resource> resources,
        Optional<String> publishToken,
        boolean privateAddresses,
        boolean challenge,
        boolean linksOnRefusals,
        Duration keep) {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration KEEP = Duration.ofDays(1);

    /// Resources that one path names.
    ///
    /// @param path `*` is any one segment; unlike a limit's it doesn't hold for what is below it
    /// @param every how often the upstream is asked
    /// @param headers for the upstream
    /// @param open whether all applications may see the same; otherwise each is asked for with the subscriber's own
    /// credentials
    public record Resource(RoutePattern path, Duration every, Map<String, String> headers, boolean open) {
        public Resource {
            headers = Map.copyOf(headers);
        }

        /// Whether a path is one of them.
        public boolean covers(String resource) {
            List<String> wanted = path.segments();
            List<String> found = new RoutePattern(resource, Set.of()).segments();
            if (wanted.size() != found.size()) {
                return false;
            }
            for (int i = 0; i < wanted.size(); i++) {
                if (!wanted.get(i).equals("*") && !wanted.get(i).equals(found.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    public EventSettings {
        resources = List.copyOf(resources);
    }

    /// What is said of a resource.
    public Optional<Resource> resource(String path) {
        return resources.stream().filter(each -> each.covers(path)).findFirst();
    }

    /// Reads `events:`.
    static EventSettings read(Value value) {
        Section yaml = value.section();
        yaml.only("resources", "callbacks", "publish_token", "prefix", "link", "keep");
        Optional<Section> callbacks = yaml.find("callbacks").map(Value::section);
        callbacks.ifPresent(section -> section.only("private_addresses", "challenge"));
        return new EventSettings(
                yaml.find("prefix").map(EventSettings::readPrefix).orElse("/subscriptions"),
                yaml.find("resources").map(Value::list).orElse(List.of()).stream()
                        .map(EventSettings::readResource)
                        .toList(),
                yaml.find("publish_token").map(EventSettings::readToken),
                callbacks
                        .flatMap(section -> section.find("private_addresses"))
                        .map(Value::flag)
                        .orElse(false),
                callbacks
                        .flatMap(section -> section.find("challenge"))
                        .map(Value::flag)
                        .orElse(true),
                yaml.find("link").map(Value::flag).orElse(false),
                ScalarParser.duration(yaml, "keep", KEEP));
    }

    private static String readPrefix(Value value) {
        if (value.text().matches("(/[A-Za-z0-9._~-]+)+")) {
            return value.text();
        }
        throw value.bad("expected a path such as /subscriptions, found \"" + value.text() + "\"");
    }

    private static String readToken(Value value) {
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

    private static Resource readResource(Value value) {
        Section yaml = value.section();
        yaml.only("path", "every", "headers", "public");
        Map<String, String> headers = new LinkedHashMap<>();
        yaml.find("headers")
                .map(Value::section)
                .ifPresent(section ->
                        section.entries().forEach((name, text) -> headers.put(field(name, text), text.text())));
        try {
            return new Resource(
                    new RoutePattern(yaml.require("path").text(), Set.of()),
                    ScalarParser.duration(yaml, "every", EVERY),
                    headers,
                    yaml.find("public").map(Value::flag).orElse(false));
        } catch (IllegalArgumentException e) {
            throw value.bad(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "EventSettings[prefix=" + prefix + ", resources=" + resources + ", publishToken="
                + publishToken.map(token -> "***") + ", privateAddresses=" + privateAddresses + ", challenge="
                + challenge
                + ", linksOnRefusals=" + linksOnRefusals + ", keep=" + keep + "]";
    }
}
