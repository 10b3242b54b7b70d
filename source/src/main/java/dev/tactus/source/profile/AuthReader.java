package dev.tactus.source.profile;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;

/// Reads the `auth` of a profile: one way to prove who asks, or a list of several at once.
final class AuthReader {
    private static final String AUTHORIZATION = "Authorization";
    private static final List<String> TOKEN = List.of("kind", "header", "prefix", "refresh_before");
    private static final List<String> REQUEST = List.of("client", "fields", "format", "token", "expires_in");
    private static final List<String> SIGNATURE =
            List.of("algorithm", "key", "key_id", "issuer", "subject", "audience", "claims", "lifetime");

    private enum Kind {
        NONE,
        API_KEY,
        BEARER,
        BASIC,
        CLIENT_CREDENTIALS,
        REFRESH_TOKEN,
        TOKEN_REQUEST,
        JWT,
        JWT_GRANT;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private AuthReader() {}

    /// @param auth a section, or a list of sections
    static List<AuthMethod> methods(Value auth) {
        List<AuthMethod> methods = new ArrayList<>();
        for (Value one : auth.isList() ? auth.list() : List.of(auth)) {
            method(one.section()).ifPresent(methods::add);
        }
        if (methods.stream().filter(AuthMethod.Token.class::isInstance).count() > 1) {
            throw auth.bad("only one of several ways can be a token that is issued or signed");
        }
        return methods;
    }

    private static Optional<AuthMethod> method(Section yaml) {
        return switch (yaml.require("kind").oneOf(Kind.values(), Kind::label)) {
            case NONE -> {
                yaml.only("kind");
                yield Optional.empty();
            }
            case API_KEY -> Optional.of(apiKey(yaml));
            case BEARER -> {
                yaml.only("kind", "header", "prefix", "credential");
                yield Optional.of(new AuthMethod.Header(header(yaml), prefix(yaml), text(yaml, "credential", "token")));
            }
            case BASIC -> {
                yaml.only("kind", "user", "password");
                yield Optional.of(
                        new AuthMethod.Basic(text(yaml, "user", "username"), text(yaml, "password", "password")));
            }
            case CLIENT_CREDENTIALS ->
                Optional.of(issued(yaml, Map.of("grant_type", "client_credentials"), "basic", Optional.empty()));
            case REFRESH_TOKEN -> {
                Map<String, String> fields = new LinkedHashMap<>();
                fields.put("grant_type", "refresh_token");
                fields.put("refresh_token", "{refresh_token}");
                yield Optional.of(issued(yaml, fields, "basic", Optional.empty()));
            }
            case TOKEN_REQUEST -> Optional.of(issued(yaml, Map.of(), "none", Optional.empty()));
            case JWT -> {
                yaml.only(keys(TOKEN, SIGNATURE));
                yield Optional.of(
                        new AuthMethod.Signed(header(yaml), prefix(yaml), refreshBefore(yaml), signature(yaml)));
            }
            case JWT_GRANT -> {
                Map<String, String> fields = new LinkedHashMap<>();
                fields.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
                fields.put("assertion", "{assertion}");
                yield Optional.of(issued(yaml, fields, "none", Optional.of(signature(yaml))));
            }
        };
    }

    private static AuthMethod apiKey(Section yaml) {
        yaml.only("kind", "header", "query", "prefix", "credential");
        String credential = text(yaml, "credential", "api_key");
        if (yaml.has("header") == yaml.has("query")) {
            throw yaml.bad("an API key stands either in a header or in the query: write one of the two");
        }
        if (yaml.has("query")) {
            yaml.only("kind", "query", "credential");
            return new AuthMethod.Query(yaml.require("query").text(), credential);
        }
        return new AuthMethod.Header(yaml.require("header").text(), text(yaml, "prefix", ""), credential);
    }

    private static AuthMethod.Issued issued(
            Section yaml, Map<String, String> preset, String usualClient, Optional<AuthMethod.Signature> assertion) {
        yaml.only(keys(TOKEN, assertion.isPresent() ? List.of(keys(REQUEST, SIGNATURE)) : REQUEST));
        AuthMethod.Client client = yaml.find("client")
                .map(value -> value.oneOf(
                        AuthMethod.Client.values(), one -> one.name().toLowerCase(Locale.ROOT)))
                .orElse(AuthMethod.Client.valueOf(usualClient.toUpperCase(Locale.ROOT)));
        Map<String, String> fields = new LinkedHashMap<>(preset);
        if (client == AuthMethod.Client.BODY) {
            fields.put("client_id", "{client_id}");
            fields.put("client_secret", "{client_secret}");
        }
        yaml.find("fields")
                .ifPresent(more -> more.section().entries().forEach((name, value) -> fields.put(name, value.text())));
        boolean json = yaml.find("format")
                .map(value -> value.oneOf(new String[] {"form", "json"}, word -> word))
                .orElse("form")
                .equals("json");
        return new AuthMethod.Issued(
                header(yaml),
                prefix(yaml),
                refreshBefore(yaml),
                client,
                fields,
                json,
                pointer(yaml, "token", "/access_token"),
                pointer(yaml, "expires_in", "/expires_in"),
                assertion);
    }

    private static AuthMethod.Signature signature(Section yaml) {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", text(yaml, "issuer", "{issuer}"));
        yaml.find("subject").ifPresent(value -> claims.put("sub", value.text()));
        yaml.find("audience").ifPresent(value -> claims.put("aud", value.text()));
        yaml.find("claims")
                .ifPresent(more -> more.section().entries().forEach((name, value) -> claims.put(name, value.text())));
        return new AuthMethod.Signature(
                yaml.require("algorithm").oneOf(AuthMethod.Algorithm.values(), AuthMethod.Algorithm::name),
                text(yaml, "key", "private_key"),
                Optional.of(text(yaml, "key_id", "key_id")).filter(name -> !name.equals("none")),
                claims,
                yaml.find("lifetime").map(Value::duration).orElse(Duration.ofMinutes(20)));
    }

    private static String header(Section yaml) {
        return text(yaml, "header", AUTHORIZATION);
    }

    private static String prefix(Section yaml) {
        return text(yaml, "prefix", header(yaml).equalsIgnoreCase(AUTHORIZATION) ? "Bearer " : "");
    }

    private static Duration refreshBefore(Section yaml) {
        return yaml.find("refresh_before").map(Value::duration).orElse(Duration.ofSeconds(60));
    }

    private static String text(Section yaml, String key, String otherwise) {
        return yaml.find(key).map(Value::text).orElse(otherwise);
    }

    private static JsonPointer pointer(Section yaml, String key, String otherwise) {
        return yaml.find(key).map(EndpointReader::pointer).orElseGet(() -> JsonPointer.compile(otherwise));
    }

    private static String[] keys(List<String> one, List<String> more) {
        return Stream.concat(one.stream(), more.stream()).toArray(String[]::new);
    }
}
