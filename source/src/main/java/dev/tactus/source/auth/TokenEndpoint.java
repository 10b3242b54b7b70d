package dev.tactus.source.auth;

import dev.tactus.http.ExponentialBackoff;
import dev.tactus.http.HttpOutcome;
import dev.tactus.http.HttpTransport;
import dev.tactus.http.Sleeper;
import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.AuthMethod;
import dev.tactus.source.profile.Credentials;
import dev.tactus.source.profile.RetrySettings;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.ParkReason;
import dev.tactus.source.response.SourceFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gets tokens at a token endpoint, such as those of OAuth 2 (RFC 6749), for what the profile says. Retries what is
/// worth
/// it. Thread-safe.
final class TokenEndpoint implements TokenMaker {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration USUAL_LIFE = Duration.ofHours(1);
    private static final long LONGEST_LIFE = 366L * 86_400;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /// One try: done, or how long to wait before the next.
    private sealed interface Try {
        record Done(Result result) implements Try {}

        /// @param atStart what it means where no token was ever issued
        record Failed(Optional<Duration> pause, Optional<SourceFailure.Kind> atStart, String detail) implements Try {}
    }

    private final String source;
    private final URI url;
    private final AuthMethod.Issued method;
    private final Credentials credentials;
    private final Optional<JwtSigner> assertions;
    private final HttpTransport transport;
    private final RetrySettings retry;
    private final ExponentialBackoff backoff;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final FeedbackParser parser = new FeedbackParser();
    private final Map<String, String> rotated = new ConcurrentHashMap<>();
    private volatile boolean everIssued;

    TokenEndpoint(
            SourceSettings settings,
            AuthMethod.Issued method,
            HttpTransport transport,
            ExponentialBackoff backoff,
            Sleeper sleeper,
            InstantSource clock) {
        this.source = settings.name();
        this.url = settings.tokenUrl().orElseThrow();
        this.method = method;
        this.credentials = settings.credentials();
        this.assertions = method.assertion()
                .map(signature -> new JwtSigner(settings.name(), signature, settings.credentials(), clock));
        this.transport = transport;
        this.retry = settings.retry();
        this.backoff = backoff;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /// @throws SourceFailure if the credentials are refused, or nothing responds and never did
    @Override
    public Result issue() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            switch (once()) {
                case Try.Done(Result result) -> {
                    everIssued = true;
                    return result;
                }
                case Try.Failed(Optional<Duration> pause, Optional<SourceFailure.Kind> atStart, String detail) -> {
                    Duration wait = pause.orElse(backoff.pause(tries));
                    if (wait.compareTo(LONGEST_WAIT) > 0) {
                        return new AccessTokens.Unavailable(
                                clock.instant().plus(wait), ParkReason.PENALTY, "token endpoint: " + detail);
                    }
                    if (tries >= retry.attempts()) {
                        return exhausted(atStart, detail);
                    }
                    sleeper.sleep(wait);
                }
            }
        }
    }

    private Result exhausted(Optional<SourceFailure.Kind> atStart, String detail) {
        if (atStart.isPresent() && !everIssued) {
            String what = atStart.get() == SourceFailure.Kind.UNREACHABLE
                    ? "nothing responds at its token_url " + url
                    : "its token_url " + url + " is no token endpoint";
            throw new SourceFailure(
                    atStart.get(),
                    "source " + source + ": " + what + " (" + detail + "), tried " + retry.attempts()
                            + " times; check token_url and the network");
        }
        return new AccessTokens.Unavailable(
                clock.instant().plus(retry.park()), ParkReason.NO_ANSWER, "token endpoint: " + detail);
    }

    private Try once() throws InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        if (method.client() == AuthMethod.Client.BASIC) {
            String pair = credentials.get("client_id") + ":" + credentials.get("client_secret");
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        method.fields().forEach((name, value) -> fields.put(name, AuthMethod.Issued.filled(value, this::value)));
        HttpOutcome outcome = method.json()
                ? transport.postJson(url, headers, JSON.writeValueAsString(fields))
                : transport.postForm(url, headers, form(fields));
        return switch (outcome) {
            case HttpOutcome.NoResponse none -> unreachable(none.detail());
            case HttpOutcome.Truncated truncated -> unreachable(truncated.detail());
            case HttpOutcome.Response response -> classify(response);
        };
    }

    private String value(String name) {
        return name.equals("assertion") && assertions.isPresent()
                ? assertions.get().issue().token()
                : rotated.getOrDefault(name, credentials.get(name));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Try classify(HttpOutcome.Response response) {
        int status = response.status();
        if (status == 200) {
            return issued(response);
        }
        if (status == 429 || status >= 500 || status == 408) {
            Optional<Duration> pause = parser.parse(
                            status, name -> response.headers().get(name), clock.instant())
                    .retryAfter();
            return new Try.Failed(pause, Optional.empty(), "HTTP " + status);
        }
        if (status == 400 || status == 401 || status == 403) {
            throw new SourceFailure(
                    SourceFailure.Kind.WRONG_CREDENTIALS,
                    "source " + source + ": " + url + " refuses " + who() + " (HTTP " + status + reason(response)
                            + "); check " + String.join(" and ", method.needs()));
        }
        return notATokenEndpoint("HTTP " + status);
    }

    /// Whom the service refuses: a client id is no secret.
    private String who() {
        return method.needs().contains("client_id") ? "client_id " + credentials.get("client_id") : "the credentials";
    }

    private Try issued(HttpOutcome.Response response) {
        try {
            JsonNode body = StrictJson.parse(response.body());
            String token = body.at(method.token()).asString("");
            if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                return notATokenEndpoint("its response holds no usable token at " + method.token());
            }
            long seconds = Long.parseLong(body.at(method.expiresIn()).asString("0"));
            // a service that gives a new refresh token may take the old one back
            if (body.path("refresh_token").isString() && credentials.names().contains("refresh_token")) {
                rotated.put("refresh_token", body.path("refresh_token").stringValue());
            }
            return new Try.Done(
                    new Issued(token, seconds > 0 ? Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE)) : USUAL_LIFE));
        } catch (JacksonException | NumberFormatException e) {
            return notATokenEndpoint("its response is not what RFC 6749 says");
        }
    }

    private static Try unreachable(String detail) {
        return new Try.Failed(Optional.empty(), Optional.of(SourceFailure.Kind.UNREACHABLE), detail);
    }

    private static Try notATokenEndpoint(String detail) {
        return new Try.Failed(Optional.empty(), Optional.of(SourceFailure.Kind.NOT_THE_API), detail);
    }

    private static String reason(HttpOutcome.Response response) {
        try {
            String error = StrictJson.parse(response.body()).path("error").asString("");
            return error.matches("[a-z_]{1,40}") ? ", " + error : "";
        } catch (JacksonException e) {
            return "";
        }
    }
}
