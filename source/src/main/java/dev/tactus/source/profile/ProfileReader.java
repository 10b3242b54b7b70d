package dev.tactus.source.profile;

import dev.tactus.music.Dataset;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;

/// Reads the YAML of a profile, refusing by file, line and key what can't be right.
final class ProfileReader {
    private final ProfileLayers profile;
    private final Parameters parameters;
    private final EndpointReader endpoints;

    /// @param chosen values for parameters, in place of the profile's own
    ProfileReader(ProfileLayers profile, Map<String, String> chosen) {
        this.profile = profile;
        profile.only(
                "profile",
                "name",
                "extends",
                "base_url",
                "token_url",
                "check",
                "auth",
                "parameters",
                "documents",
                "unverified",
                "headers",
                "duration_precision",
                "resolved_ids_fresh",
                "absent_ids_fresh",
                "pending_retry",
                "paths",
                "limits",
                "errors",
                "track",
                "resolve",
                "datasets");
        profile.require("profile").value().whole(1, 1);
        this.parameters = new Parameters(profile, chosen);
        this.endpoints = new EndpointReader(profile, parameters);
    }

    String name() {
        return profile.require("name").value().text();
    }

    /// Not merged with what the profile extends: ways to prove who asks belong together.
    List<AuthMethod> auth() {
        return AuthReader.methods(profile.require("auth").value());
    }

    /// Where what the profile says was read, and what of it could not be; both are for people.
    void documents() {
        values("documents").forEach(Value::text);
        values("unverified").forEach(Value::text);
    }

    Optional<URI> url(String key) {
        return profile.find(key).map(found -> {
            try {
                return new URI(parameters.filled(found.value()));
            } catch (URISyntaxException e) {
                throw found.value().bad("this is not an address: " + e.getMessage());
            }
        });
    }

    /// A request that tries the credentials.
    Optional<String> check() {
        return profile.find("check").map(found -> {
            String request = parameters.filled(found.value());
            if (!request.startsWith("/")) {
                throw found.value().bad("expected a path that starts with a slash, such as /v1/me");
            }
            return request;
        });
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        profile.section("headers")
                .ifPresent(section -> section.keys()
                        .forEach(key -> headers.put(
                                key, parameters.filled(section.require(key).value()))));
        return headers;
    }

    Duration precision() {
        return profile.get("duration_precision", Value::duration, Duration.ofSeconds(1));
    }

    SourceProfile.Freshness freshness() {
        return new SourceProfile.Freshness(
                profile.get("resolved_ids_fresh", Value::duration, Duration.ofDays(30)),
                profile.get("absent_ids_fresh", Value::duration, Duration.ofHours(20)),
                profile.get("pending_retry", Value::duration, Duration.ofMinutes(5)));
    }

    List<String> paths() {
        return values("paths").map(Value::text).toList();
    }

    KnownLimits limits() {
        return profile.find("limits")
                .map(found -> KnownLimitReader.limits(found.value()))
                .orElse(KnownLimits.NONE);
    }

    List<ErrorRule> errors() {
        return values("errors").map(ProfileReader::rule).toList();
    }

    Optional<SourceProfile.ResolveStep> resolving() {
        return profile.section("resolve").map(section -> {
            boolean lands = section.get("answers_tracks", Value::flag, false);
            return new SourceProfile.ResolveStep(endpoints.resolve(section, lands), lands);
        });
    }

    Map<Dataset, SourceEndpoint> datasets() {
        ProfileLayers section = profile.requireSection("datasets");
        section.only(Stream.of(Dataset.values()).map(Dataset::label).toArray(String[]::new));
        Map<Dataset, SourceEndpoint> datasets = new EnumMap<>(Dataset.class);
        for (Dataset dataset : Dataset.values()) {
            section.section(dataset.label())
                    .ifPresent(one -> datasets.put(dataset, endpoints.dataset(dataset, one, resolvesIds())));
        }
        if (datasets.isEmpty()) {
            throw section.bad("a profile has at least one dataset");
        }
        return datasets;
    }

    private boolean resolvesIds() {
        return profile.section("resolve").isPresent();
    }

    private Stream<Value> values(String key) {
        return profile.find(key).stream().flatMap(found -> found.value().list().stream());
    }

    private static ErrorRule rule(Value value) {
        Section section = value.section();
        section.only("status", "pointer", "equals", "means");
        Value means = section.require("means");
        List<String> known = new ArrayList<>();
        for (ErrorRule.Meaning meaning : ErrorRule.Meaning.values()) {
            String label = meaning.name().toLowerCase(Locale.ROOT);
            known.add(label);
            if (label.equals(means.text())) {
                return rule(section, meaning);
            }
        }
        throw means.bad("expected one of " + String.join(", ", known) + ", found \"" + means.text() + "\"");
    }

    private static ErrorRule rule(Section section, ErrorRule.Meaning meaning) {
        Optional<JsonPointer> pointer = section.find("pointer").map(EndpointReader::pointer);
        try {
            return new ErrorRule(
                    section.find("status")
                            .map(v -> OptionalInt.of(v.whole(100, 599)))
                            .orElse(OptionalInt.empty()),
                    pointer,
                    section.find("equals").map(Value::text),
                    meaning);
        } catch (IllegalArgumentException e) {
            throw section.bad(String.valueOf(e.getMessage()));
        }
    }
}
