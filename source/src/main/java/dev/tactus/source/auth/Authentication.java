package dev.tactus.source.auth;

import dev.tactus.http.ExponentialBackoff;
import dev.tactus.http.HttpOutcome;
import dev.tactus.http.HttpTransport;
import dev.tactus.http.Sleeper;
import dev.tactus.limits.Ticker;
import dev.tactus.source.profile.AuthMethod;
import dev.tactus.source.profile.Credentials;
import dev.tactus.source.profile.SourceSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How the requests of a source prove who is asking: what is added to each, and the token where there is one.
///
/// What it adds is secret, and taken out of everything that is said or kept. Thread-safe.
public final class Authentication {
    private static final String REDACTED = "***";

    private final List<AuthMethod> methods;
    private final Credentials credentials;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final List<Pattern> secrets = new ArrayList<>();
    private final Optional<AccessTokens> tokens;
    private final Optional<AuthMethod.Token> token;

    public Authentication(
            SourceSettings settings,
            HttpTransport transport,
            ExponentialBackoff backoff,
            Sleeper sleeper,
            InstantSource clock,
            Ticker ticker) {
        this.methods = settings.profile().auth();
        this.credentials = settings.credentials();
        this.token = methods.stream()
                .filter(AuthMethod.Token.class::isInstance)
                .map(AuthMethod.Token.class::cast)
                .findFirst();
        methods.forEach(this::add);
        this.tokens = token.map(method -> new AccessTokens(
                switch (method) {
                    case AuthMethod.Issued issued ->
                        new TokenEndpoint(settings, issued, transport, backoff, sleeper, clock);
                    case AuthMethod.Signed signed ->
                        new JwtSigner(settings.name(), signed.signature(), credentials, clock);
                },
                method.refreshBefore(),
                ticker));
    }

    private void add(AuthMethod method) {
        switch (method) {
            case AuthMethod.Header(String header, String prefix, String credential) -> {
                headers.put(header, prefix + secret(credential));
            }
            case AuthMethod.Query(String parameter, String credential) -> query.put(parameter, secret(credential));
            case AuthMethod.Basic(String user, String password) -> {
                String pair = credentials.get(user) + ":" + secret(password);
                String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
                secrets.add(SecretPattern.of(encoded));
                headers.put("Authorization", "Basic " + encoded);
            }
            case AuthMethod.Token _ -> {}
        }
    }

    private String secret(String credential) {
        String value = credentials.get(credential);
        secrets.add(SecretPattern.of(value));
        return value;
    }

    /// Whether requests prove anything at all.
    public boolean present() {
        return !methods.isEmpty();
    }

    /// The tokens, where requests carry one.
    public Optional<AccessTokens> tokens() {
        return tokens;
    }

    /// What goes into the headers.
    public Map<String, String> headers(Optional<AccessTokens.Token> current) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        current.ifPresent(value ->
                all.put(token.orElseThrow().header(), token.orElseThrow().prefix() + value.value()));
        return all;
    }

    /// A request with what belongs into its query; only for sending.
    public String address(String request) {
        StringBuilder address = new StringBuilder(request);
        query.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return address.toString();
    }

    /// A query that the service made, such as that of a next page, without what [#address] adds again.
    public String withoutSecrets(String served) {
        return Arrays.stream(served.split("&"))
                .filter(pair -> query.keySet().stream().noneMatch(name -> pair.startsWith(encoded(name) + "=")))
                .collect(Collectors.joining("&"));
    }

    /// An answer of the service, with every secret that it repeats masked.
    public HttpOutcome.Response masked(HttpOutcome.Response response) {
        if (secrets.isEmpty()) {
            return response;
        }
        // bytes and characters are the same here, so that what is no text stays as it was
        String body = new String(response.body(), StandardCharsets.ISO_8859_1);
        String masked = masked(body);
        return masked.equals(body)
                ? response
                : new HttpOutcome.Response(
                        response.status(),
                        response.headers(),
                        masked.getBytes(StandardCharsets.ISO_8859_1),
                        response.tooLarge());
    }

    /// A text of the service, with every secret in it masked.
    public String masked(String text) {
        String masked = text;
        for (Pattern secret : secrets) {
            masked = secret.matcher(masked).replaceAll(REDACTED);
        }
        return masked;
    }

    /// The names of the credentials in use, for a person who has to look at them.
    public String names() {
        return methods.stream()
                .flatMap(method -> method.needs().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
