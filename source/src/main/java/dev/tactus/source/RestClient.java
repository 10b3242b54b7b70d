package dev.tactus.source;

import dev.tactus.http.ExponentialBackoff;
import dev.tactus.http.HttpOutcome;
import dev.tactus.http.HttpTransport;
import dev.tactus.http.Sleeper;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.Permit;
import dev.tactus.source.auth.AccessTokens;
import dev.tactus.source.auth.Authentication;
import dev.tactus.source.profile.SourceEndpoint;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.ParkReason;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.SourceFailure;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Sends a request until it has a response, is not worth another try, or would have to wait too long.
///
/// A request waits for its permit, then for a slot among those in flight, is sent, passes the feedback of the response
/// to the pacer, and may be sent again. Throttled requests wait in the pacer; other failures back off by themselves.
/// Thread-safe.
final class RestClient {
    /// What became of one try.
    private sealed interface Attempt {
        record Done(RequestOutcome outcome) implements Attempt {}

        record RateLimited() implements Attempt {}

        /// The permit was too old to be used when everything was ready.
        record Expired() implements Attempt {}

        record Unauthorized() implements Attempt {}

        /// @param responded whether anything responded at all
        /// @param invalid the evidence where the status was one of success but the body is no payload
        record Failed(boolean responded, Optional<Invalid> invalid, String detail) implements Attempt {}

        /// @param exchange the evidence of the last try; empty where the status was no success
        record Invalid(String reason, RecordedExchange exchange) {}
    }

    /// A request that is refused so many tokens ends, although others get through.
    private static final int MAX_UNAUTHORIZED = 6;

    private final SourceSettings settings;
    private final Permit.Issuer pacer;
    private final HttpTransport transport;
    private final Authentication auth;
    private final Optional<AccessTokens> tokens;
    private final ResponseClassifier classifier;
    private final RetryBudget budget;
    private final ExponentialBackoff backoff;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final RequestCounters counters;
    private final CallBudget calls;
    private final Semaphore inFlight;
    private volatile boolean everJson;
    private volatile boolean everAccepted;

    RestClient(
            SourceSettings settings,
            Permit.Issuer pacer,
            HttpTransport transport,
            Authentication auth,
            RetryTiming timing,
            RequestCounters counters,
            CallBudget calls) {
        this.settings = settings;
        this.pacer = pacer;
        this.transport = transport;
        this.auth = auth;
        this.tokens = auth.tokens();
        this.classifier = new ResponseClassifier(
                settings.profile().errors(), settings.knownLimits().costFrom());
        this.budget =
                new RetryBudget(settings.retry().budget(), settings.retry().free());
        this.backoff = timing.backoff();
        this.sleeper = timing.sleeper();
        this.clock = timing.clock();
        this.counters = counters;
        this.calls = calls;
        this.inFlight = new Semaphore(settings.concurrency(), true);
    }

    /// How retries wait.
    record RetryTiming(ExponentialBackoff backoff, Sleeper sleeper, InstantSource clock) {}

    /// @param request path and query
    /// @throws SourceFailure if the run can't go on
    RequestOutcome call(SourceEndpoint endpoint, String request) throws InterruptedException {
        return call(
                new Expected(endpoint.name(), endpoint.format().accept(), endpoint::parse, endpoint::isPayload),
                request);
    }

    /// What is expected of an answer.
    ///
    /// @param name the path class
    /// @param parser of bodies
    /// @param payload what a payload of this endpoint looks like
    record Expected(String name, String accept, Function<byte[], JsonNode> parser, Predicate<JsonNode> payload) {}

    RequestOutcome call(Expected endpoint, String request) throws InterruptedException {
        int failures = 0;
        int refusals = 0;
        int unauthorized = 0;
        budget.firstTry();
        for (int sent = 0; ; sent++) {
            switch (attempt(endpoint, request, sent > 0)) {
                case Attempt.Done(RequestOutcome outcome) -> {
                    return outcome;
                }
                // another is asked for; the pacer has this one back
                case Attempt.Expired() -> sent--;
                case Attempt.RateLimited() -> {
                    if (++refusals >= settings.retry().refusals()) {
                        return parked(ParkReason.THROTTLED, request + " was rate-limited (429) " + times(refusals));
                    }
                }
                case Attempt.Unauthorized() -> {
                    if (++unauthorized >= MAX_UNAUTHORIZED) {
                        return parked(ParkReason.UNAUTHORIZED, request + " returned 401 " + times(unauthorized));
                    }
                }
                case Attempt.Failed failed -> {
                    failures++;
                    if (failures >= settings.retry().attempts() || !budget.take()) {
                        return exhausted(failed, failures, request);
                    }
                    sleeper.sleep(backoff.pause(failures));
                }
            }
        }
    }

    private Attempt attempt(Expected endpoint, String request, boolean retry) throws InterruptedException {
        if (calls.spent()) {
            return overBudget(request);
        }
        // gets a token before a permit, so that no slot is held while one is issued
        if (tokens.isPresent() && tokens.get().current() instanceof AccessTokens.Unavailable unavailable) {
            return parked(unavailable);
        }
        int query = request.indexOf('?');
        return switch (pacer.acquire(query < 0 ? request : request.substring(0, query))) {
            case Admission.Paused(String scope, Instant until, String reason) ->
                new Attempt.Done(new RequestOutcome.Parked(until, ParkReason.PENALTY, scope + ": " + reason));
            case Admission.Granted(Permit permit) -> send(permit, endpoint, request, retry);
        };
    }

    private Attempt send(Permit permit, Expected endpoint, String request, boolean retry) throws InterruptedException {
        boolean sent = false;
        try {
            inFlight.acquire();
            try {
                Map<String, String> headers = new LinkedHashMap<>();
                headers.put("Accept", endpoint.accept());
                headers.putAll(settings.profile().headers());
                Optional<AccessTokens.Token> token = Optional.empty();
                if (tokens.isPresent()) {
                    // the wait for the permit may have outlasted the token
                    switch (tokens.get().current()) {
                        case AccessTokens.Ready(AccessTokens.Token ready) -> token = Optional.of(ready);
                        case AccessTokens.Unavailable unavailable -> {
                            return parked(unavailable);
                        }
                    }
                }
                headers.putAll(auth.headers(token));
                if (permit.expired()) {
                    return new Attempt.Expired();
                }
                if (!calls.take()) {
                    return overBudget(request);
                }
                sent = true;
                counters.countRequest(retry);
                HttpOutcome outcome = transport.get(address(auth.address(request)), headers);
                return receive(permit, token, endpoint, request, outcome);
            } finally {
                inFlight.release();
            }
        } finally {
            // without effect where the pacer has the feedback already
            if (sent) {
                permit.lost();
            } else {
                permit.unused();
            }
        }
    }

    private Attempt receive(
            Permit permit, Optional<AccessTokens.Token> token, Expected endpoint, String request, HttpOutcome outcome) {
        Instant now = clock.instant();
        return switch (outcome) {
            case HttpOutcome.NoResponse none -> {
                if (none.sent()) {
                    permit.lost();
                } else {
                    permit.unused();
                }
                yield new Attempt.Failed(false, Optional.empty(), none.detail());
            }
            case HttpOutcome.Truncated truncated -> {
                permit.answered(classifier.feedback(truncated, now));
                yield new Attempt.Failed(true, Optional.empty(), "the response broke off: " + truncated.detail());
            }
            case HttpOutcome.Response received -> {
                HttpOutcome.Response response = auth.masked(received);
                ResponseClassifier.Classification classification =
                        classifier.classify(response, now, endpoint.parser(), endpoint.payload());
                permit.answered(classification.feedback());
                everJson |= classification.json();
                if (!(classification.kind() instanceof ResponseKind.Unauthorized)) {
                    everAccepted = true;
                    token.ifPresent(value -> tokens.orElseThrow().accepted(value));
                }
                yield interpret(
                        classification,
                        token,
                        request,
                        Optional.ofNullable(response.headers().get("Link")),
                        RecordedExchange.of(endpoint.name(), request, response, now));
            }
        };
    }

    private Attempt interpret(
            ResponseClassifier.Classification classification,
            Optional<AccessTokens.Token> token,
            String request,
            Optional<String> link,
            RecordedExchange exchange) {
        return switch (classification.kind()) {
            case ResponseKind.Content(var payload) ->
                new Attempt.Done(new RequestOutcome.Content(payload, exchange, link));
            case ResponseKind.NotFound() -> new Attempt.Done(new RequestOutcome.NotFound(exchange));
            case ResponseKind.Throttled() -> {
                counters.countThrottled();
                yield new Attempt.RateLimited();
            }
            case ResponseKind.Unauthorized() -> unauthorized(token, request);
            case ResponseKind.Forbidden(String detail) ->
                throw failure(
                        SourceFailure.Kind.FORBIDDEN,
                        address(request) + " is forbidden (" + detail + "); ask the service for access to it"
                                + (auth.present() ? ", or check " + auth.names() : ""));
            case ResponseKind.Retryable(Optional<String> reason, String detail) ->
                new Attempt.Failed(true, reason.map(why -> new Attempt.Invalid(why, exchange)), detail);
            case ResponseKind.Rejected(PayloadRejection rejection) -> {
                if (!classification.json() && !everJson && !rejection.reason().equals("too_large")) {
                    throw notTheApi(request, rejection.detail());
                }
                yield new Attempt.Done(new RequestOutcome.Rejected(rejection, exchange));
            }
        };
    }

    private Attempt unauthorized(Optional<AccessTokens.Token> token, String request) {
        if (!auth.present()) {
            throw failure(
                    SourceFailure.Kind.WRONG_CREDENTIALS,
                    address(request) + " returns 401, but profile "
                            + settings.profile().name() + " sends no credentials; check profile and base_url");
        }
        if (token.isEmpty() && !everAccepted) {
            throw failure(
                    SourceFailure.Kind.WRONG_CREDENTIALS,
                    address(request) + " returns 401: the service doesn't accept the credentials; check "
                            + auth.names());
        }
        if (token.isPresent() && tokens.orElseThrow().rejected(token.get())) {
            throw failure(
                    SourceFailure.Kind.WRONG_CREDENTIALS,
                    address(request)
                            + " returns 401 for tokens that were just made; check " + auth.names()
                            + (settings.profile().needsTokenUrl()
                                    ? ", and that token_url and base_url belong together"
                                    : ""));
        }
        return new Attempt.Unauthorized();
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private RequestOutcome exhausted(Attempt.Failed failed, int failures, String request) {
        String tried = times(failures);
        if (failed.invalid().isPresent()) {
            if (!everJson) {
                throw notTheApi(request, failed.detail());
            }
            if (failures >= settings.retry().attempts()) {
                Attempt.Invalid invalid = failed.invalid().get();
                return new RequestOutcome.Rejected(
                        new PayloadRejection("", invalid.reason(), failed.detail() + ", tried " + tried),
                        invalid.exchange());
            }
        }
        if (!failed.responded() && !everJson) {
            throw failure(
                    SourceFailure.Kind.UNREACHABLE,
                    "nothing responds at " + settings.baseUrl() + " (" + failed.detail() + "), tried " + tried
                            + "; check base_url and the network");
        }
        return parked(
                failed.responded() ? ParkReason.RETRIES_SPENT : ParkReason.NO_ANSWER,
                request + " failed, tried " + tried + ": " + failed.detail());
    }

    private RequestOutcome.Parked parked(ParkReason reason, String detail) {
        return new RequestOutcome.Parked(clock.instant().plus(settings.retry().park()), reason, detail);
    }

    private Attempt overBudget(String request) {
        return new Attempt.Done(new RequestOutcome.Parked(
                calls.again(), ParkReason.BUDGET, request + " was not sent: the budget of calls or of time is spent"));
    }

    private static Attempt parked(AccessTokens.Unavailable token) {
        return new Attempt.Done(new RequestOutcome.Parked(token.until(), token.reason(), token.detail()));
    }

    private URI address(String request) {
        return URI.create(settings.baseUrl().toString().replaceFirst("/+$", "") + request);
    }

    private SourceFailure notTheApi(String request, String detail) {
        return failure(
                SourceFailure.Kind.NOT_THE_API,
                address(request) + " responds, but not like the "
                        + settings.profile().name() + " API does (" + detail + "); check base_url");
    }

    private SourceFailure failure(SourceFailure.Kind kind, String message) {
        return new SourceFailure(kind, "source " + settings.name() + ": " + message);
    }
}
