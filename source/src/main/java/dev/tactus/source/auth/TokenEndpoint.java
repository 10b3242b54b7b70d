package dev.tactus.source.auth;

import dev.tactus.http.ExponentialBackoff;
import dev.tactus.http.HttpOutcome;
import dev.tactus.http.HttpTransport;
import dev.tactus.http.Sleeper;
import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.ClientCredentials;
import dev.tactus.source.profile.RetrySettings;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.ParkReason;
import dev.tactus.source.response.SourceFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Gets tokens for credentials: the `client_credentials` grant of OAuth 2 (RFC 6749, 4.4), id and secret in the Basic
/// scheme. Retries what is worth it. Thread-safe.
public final class TokenEndpoint {
    private static final Duration USUAL_LIFE = Duration.ofHours(1);
    private static final long LONGEST_LIFE = 366L * 86_400;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /// What became of a token request.
    sealed interface Result permits Issued, Unavailable {}

    /// A token and how long it is valid.
    record Issued(String token, Duration life) implements Result {
        @Override
        public String toString() {
            return "Issued[token=***, life=" + life + "]";
        }
    }

    /// No token for the time being.
    public record Unavailable(Instant until, ParkReason reason, String detail)
            implements Result, AccessTokens.Availability {}

    /// One try: done, or how long to wait before the next.
    private sealed interface Try {
        record Done(Result result) implements Try {}

        /// @param atStart what it means where no token was ever issued
        record Failed(Optional<Duration> pause, Optional<SourceFailure.Kind> atStart, String detail) implements Try {}
    }

    private final String source;
    private final URI url;
    private final ClientCredentials credentials;
    private final HttpTransport transport;
    private final RetrySettings retry;
    private final ExponentialBackoff backoff;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final FeedbackParser parser = new FeedbackParser();
    private volatile boolean everIssued;

    public TokenEndpoint(
            SourceSettings settings,
            HttpTransport transport,
            ExponentialBackoff backoff,
            Sleeper sleeper,
            InstantSource clock) {
        this.source = settings.name();
        this.url = settings.tokenUrl().orElseThrow();
        this.credentials = settings.credentials().orElseThrow();
        this.transport = transport;
        this.retry = settings.retry();
        this.backoff = backoff;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /// @throws SourceFailure if the credentials are refused, or nothing responds and never did
    Result issue() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            switch (once()) {
                case Try.Done(Result result) -> {
                    everIssued = true;
                    return result;
                }
                case Try.Failed(Optional<Duration> pause, Optional<SourceFailure.Kind> atStart, String detail) -> {
                    Duration wait = pause.orElse(backoff.pause(tries));
                    if (wait.compareTo(LONGEST_WAIT) > 0) {
                        return new Unavailable(
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
        return new Unavailable(clock.instant().plus(retry.park()), ParkReason.NO_ANSWER, "token endpoint: " + detail);
    }

    private Try once() throws InterruptedException {
        String pair = credentials.clientId() + ":" + credentials.clientSecret();
        Map<String, String> headers = Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                "Accept",
                "application/json");
        return switch (transport.postForm(url, headers, "grant_type=client_credentials")) {
            case HttpOutcome.NoResponse none -> unreachable(none.detail());
            case HttpOutcome.Truncated truncated -> unreachable(truncated.detail());
            case HttpOutcome.Response response -> classify(response);
        };
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
                    "source " + source + ": " + url + " refuses client_id " + credentials.clientId() + " (HTTP "
                            + status + reason(response) + "); check client_id and client_secret");
        }
        return notATokenEndpoint("HTTP " + status);
    }

    private Try issued(HttpOutcome.Response response) {
        try {
            JsonNode body = StrictJson.parse(response.body());
            String token = body.path("access_token").asString("");
            if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                return notATokenEndpoint("its response holds no usable access_token");
            }
            long seconds = Long.parseLong(body.path("expires_in").asString("0"));
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
