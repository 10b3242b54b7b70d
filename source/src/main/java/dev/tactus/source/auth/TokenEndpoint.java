package dev.tactus.source.auth;

import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.http.ExponentialBackoff;
import dev.tactus.source.http.HttpTransport;
import dev.tactus.source.http.Sleeper;
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

/// Has tokens issued for credentials: the `client_credentials` grant of OAuth 2 (RFC 6749, 4.4), id and
/// secret in the Basic scheme.
///
/// Tries again what is worth it; thread-safe.
public final class TokenEndpoint {

    private static final Duration USUAL_LIFE = Duration.ofHours(1);
    private static final long LONGEST_LIFE = 366L * 86_400;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /// What asking for a token led to.
    sealed interface Result {}

    /// A token and how long it holds.
    record Issued(String token, Duration life) implements Result {
        @Override
        public String toString() {
            return "Issued[token=***, life=" + life + "]";
        }
    }

    /// No token for the time being.
    public record Unavailable(Instant until, ParkReason reason, String detail) implements Result {}

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

    /// @throws SourceFailure if the credentials are refused, or nothing answers and never did
    Result issue() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            switch (once()) {
                case Try.Done(Result result) -> {
                    everIssued = true;
                    return result;
                }
                case Try.Failed(Optional<Duration> pause, Optional<SourceFailure.Kind> atStart, String detail) -> {
                    Duration rest = pause.orElse(backoff.pause(tries));
                    if (rest.compareTo(LONGEST_WAIT) > 0) {
                        return new Unavailable(
                                clock.instant().plus(rest), ParkReason.PENALTY, "token endpoint: " + detail);
                    }
                    if (tries >= retry.attempts()) {
                        return spent(atStart, detail);
                    }
                    sleeper.sleep(rest);
                }
            }
        }
    }

    private Result spent(Optional<SourceFailure.Kind> atStart, String detail) {
        if (atStart.isPresent() && !everIssued) {
            String what = atStart.get() == SourceFailure.Kind.UNREACHABLE
                    ? "nothing answers at its token_url " + url
                    : "its token_url " + url + " is no token endpoint";
            throw new SourceFailure(
                    atStart.get(),
                    "source " + source + ": " + what + " (" + detail + "), tried " + retry.attempts()
                            + " times; check token_url and the network");
        }
        return new Unavailable(
                clock.instant().plus(retry.park()), ParkReason.RETRIES_SPENT, "token endpoint: " + detail);
    }

    private Try once() throws InterruptedException {
        String pair = credentials.clientId() + ":" + credentials.clientSecret();
        Map<String, String> headers = Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                "Accept",
                "application/json");
        return switch (transport.postForm(url, headers, "grant_type=client_credentials")) {
            case HttpTransport.NoResponse(boolean sent, String detail) -> unreachable(detail);
            case HttpTransport.TruncatedResponse broken -> unreachable(broken.detail());
            case HttpTransport.HttpResponse answer -> judge(answer);
        };
    }

    private Try judge(HttpTransport.HttpResponse answer) {
        int status = answer.status();
        if (status == 200) {
            return issued(answer);
        }
        if (status == 429 || status >= 500 || status == 408) {
            Optional<Duration> pause = parser.parse(
                            status, name -> answer.headers().get(name), clock.instant())
                    .retryAfter();
            return new Try.Failed(pause, Optional.empty(), "HTTP " + status);
        }
        if (status == 400 || status == 401 || status == 403) {
            throw new SourceFailure(
                    SourceFailure.Kind.WRONG_CREDENTIALS,
                    "source " + source + ": " + url + " refuses client_id " + credentials.clientId() + " (HTTP "
                            + status + reason(answer) + "); check client_id and client_secret");
        }
        return notOne("HTTP " + status);
    }

    private Try issued(HttpTransport.HttpResponse answer) {
        try {
            JsonNode body = StrictJson.parse(answer.body());
            String token = body.path("access_token").asString("");
            if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                return notOne("its answer holds no usable access_token");
            }
            long seconds = Long.parseLong(body.path("expires_in").asString("0"));
            return new Try.Done(
                    new Issued(token, seconds > 0 ? Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE)) : USUAL_LIFE));
        } catch (JacksonException | NumberFormatException e) {
            return notOne("its answer is not what RFC 6749 says");
        }
    }

    private static Try unreachable(String detail) {
        return new Try.Failed(Optional.empty(), Optional.of(SourceFailure.Kind.UNREACHABLE), detail);
    }

    private static Try notOne(String why) {
        return new Try.Failed(Optional.empty(), Optional.of(SourceFailure.Kind.NOT_THE_API), why);
    }

    private static String reason(HttpTransport.HttpResponse answer) {
        try {
            String error = StrictJson.parse(answer.body()).path("error").asString("");
            return error.matches("[a-z_]{1,40}") ? ", " + error : "";
        } catch (JacksonException e) {
            return "";
        }
    }
}
