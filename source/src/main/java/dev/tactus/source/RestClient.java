package dev.tactus.source;

import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.Permit;
import dev.tactus.source.auth.AccessTokens;
import dev.tactus.source.auth.TokenEndpoint;
import dev.tactus.source.http.ExchangeRecorder;
import dev.tactus.source.http.ExponentialBackoff;
import dev.tactus.source.http.HttpTransport;
import dev.tactus.source.http.ResponseClassifier;
import dev.tactus.source.http.ResponseKind;
import dev.tactus.source.http.RetryBudget;
import dev.tactus.source.http.Sleeper;
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

/// Makes one call until it is answered, is not worth another try, or has to wait too long.
///
/// A call waits for its permit, then for a place among those in flight, is sent, tells the pacer what the
/// answer said, and may be sent again. Refusals for the rate wait in the pacer; other failures back off
/// by themselves. Thread-safe.
final class RestClient {

    /// What one try led to.
    private sealed interface Attempt {
        record Done(RequestOutcome outcome) implements Attempt {}

        record Refused() implements Attempt {}

        record Unauthorized() implements Attempt {}

        /// @param answered whether something answered at all
        /// @param garbled the evidence where the answer was one of success but not JSON
        record Failed(boolean answered, Optional<RecordedExchange> garbled, String detail) implements Attempt {}
    }

    /// So many refused tokens end a call, although others get through.
    private static final int MOST_UNAUTHORIZED = 6;

    private final SourceSettings settings;
    private final Pacer pacer;
    private final HttpTransport transport;
    private final Optional<AccessTokens> tokens;
    private final ResponseClassifier judge;
    private final RetryBudget budget;
    private final ExponentialBackoff backoff;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final RequestCounters counters;
    private final Semaphore inFlight;
    private volatile boolean reached;

    RestClient(
            SourceSettings settings,
            Pacer pacer,
            HttpTransport transport,
            Optional<AccessTokens> tokens,
            RetryTiming pace,
            RequestCounters counters) {
        this.settings = settings;
        this.pacer = pacer;
        this.transport = transport;
        this.tokens = tokens;
        this.judge = new ResponseClassifier(settings.profile().errors());
        this.budget =
                new RetryBudget(settings.retry().budget(), settings.retry().free());
        this.backoff = pace.backoff();
        this.sleeper = pace.sleeper();
        this.clock = pace.clock();
        this.counters = counters;
        this.inFlight = new Semaphore(settings.concurrency(), true);
    }

    /// The time a caller lives by.
    record RetryTiming(ExponentialBackoff backoff, Sleeper sleeper, InstantSource clock) {}

    /// @param endpoint the path class
    /// @param request path and query
    /// @throws SourceFailure if the run can't go on
    RequestOutcome call(String endpoint, String request) throws InterruptedException {
        int failures = 0;
        int refusals = 0;
        int unauthorized = 0;
        budget.firstTry();
        for (int sent = 0; ; sent++) {
            switch (attempt(endpoint, request, sent > 0)) {
                case Attempt.Done(RequestOutcome outcome) -> {
                    return outcome;
                }
                case Attempt.Refused() -> {
                    if (++refusals >= settings.retry().refusals()) {
                        return parked(ParkReason.THROTTLED, request + " was throttled " + refusals + " times in a row");
                    }
                }
                case Attempt.Unauthorized() -> {
                    if (++unauthorized >= MOST_UNAUTHORIZED) {
                        return parked(
                                ParkReason.RETRIES_SPENT, request + " was answered 401 " + unauthorized + " times");
                    }
                }
                case Attempt.Failed failed -> {
                    failures++;
                    if (failures >= settings.retry().attempts() || !budget.take()) {
                        return spent(failed, failures, request);
                    }
                    sleeper.sleep(backoff.pause(failures));
                }
            }
        }
    }

    private Attempt attempt(String endpoint, String request, boolean again) throws InterruptedException {
        // has a token before a permit is taken, so that no slot is held while one is issued
        Optional<RequestOutcome> off = tokens.isPresent() ? off(tokens.get().current()) : Optional.empty();
        if (off.isPresent()) {
            return new Attempt.Done(off.get());
        }
        int query = request.indexOf('?');
        return switch (pacer.acquire(query < 0 ? request : request.substring(0, query))) {
            case Admission.Paused(String scope, Instant until, String reason) ->
                new Attempt.Done(new RequestOutcome.Parked(until, ParkReason.PENALTY, scope + ": " + reason));
            case Admission.Granted(Permit permit) -> send(permit, endpoint, request, again);
        };
    }

    private Attempt send(Permit permit, String endpoint, String request, boolean again) throws InterruptedException {
        boolean sent = false;
        try {
            inFlight.acquire();
            try {
                Map<String, String> headers = new LinkedHashMap<>();
                headers.put("Accept", "application/json");
                headers.putAll(settings.profile().headers());
                Optional<AccessTokens.Token> token = Optional.empty();
                if (tokens.isPresent()) {
                    // the wait for the permit may have outlasted the token
                    switch (tokens.get().current()) {
                        case AccessTokens.Availability.Ready(AccessTokens.Token ready) -> token = Optional.of(ready);
                        case AccessTokens.Availability.Off off -> {
                            return new Attempt.Done(off(off).orElseThrow());
                        }
                    }
                    headers.putAll(token.get().header());
                }
                sent = true;
                counters.requests().increment();
                if (again) {
                    counters.retried().increment();
                }
                HttpTransport.Outcome outcome = transport.get(address(request), headers);
                return heard(permit, token, endpoint, request, outcome);
            } finally {
                inFlight.release();
            }
        } finally {
            // without effect where the answer has been told
            if (sent) {
                permit.lost();
            } else {
                permit.unused();
            }
        }
    }

    private Attempt heard(
            Permit permit,
            Optional<AccessTokens.Token> token,
            String endpoint,
            String request,
            HttpTransport.Outcome outcome) {
        Instant now = clock.instant();
        return switch (outcome) {
            case HttpTransport.NoResponse(boolean sent, String detail) -> {
                if (sent) {
                    permit.lost();
                } else {
                    permit.unused();
                }
                yield new Attempt.Failed(false, Optional.empty(), detail);
            }
            case HttpTransport.TruncatedResponse broken -> {
                permit.answered(judge.heard(broken, now));
                yield new Attempt.Failed(true, Optional.empty(), "the answer broke off: " + broken.detail());
            }
            case HttpTransport.HttpResponse answer -> {
                ResponseClassifier.Classification judgement = judge.judge(answer, now);
                permit.answered(judgement.feedback());
                reached |= judgement.json();
                if (token.isPresent() && !(judgement.verdict() instanceof ResponseKind.Unauthorized)) {
                    tokens.orElseThrow().accepted(token.get());
                }
                yield weigh(judgement, token, request, ExchangeRecorder.of(endpoint, request, answer, now));
            }
        };
    }

    private Attempt weigh(
            ResponseClassifier.Classification judgement,
            Optional<AccessTokens.Token> token,
            String request,
            RecordedExchange exchange) {
        return switch (judgement.verdict()) {
            case ResponseKind.Content(var payload) -> new Attempt.Done(new RequestOutcome.Content(payload, exchange));
            case ResponseKind.NotFound() -> new Attempt.Done(new RequestOutcome.NotFound(exchange));
            case ResponseKind.Throttled() -> {
                counters.throttled().increment();
                yield new Attempt.Refused();
            }
            case ResponseKind.Unauthorized() -> unauthorized(token, request);
            case ResponseKind.Forbidden(String detail) ->
                throw failure(
                        SourceFailure.Kind.FORBIDDEN,
                        address(request) + " is forbidden (" + detail + "); ask the service for access to it");
            case ResponseKind.Again(boolean garbled, String detail) ->
                new Attempt.Failed(true, garbled ? Optional.of(exchange) : Optional.empty(), detail);
            case ResponseKind.Refused(PayloadRejection why) -> {
                if (!judgement.json() && !reached && !why.reason().equals("too_large")) {
                    throw notTheApi(request, why.detail());
                }
                yield new Attempt.Done(new RequestOutcome.Refused(why, exchange));
            }
        };
    }

    private Attempt unauthorized(Optional<AccessTokens.Token> token, String request) {
        if (token.isEmpty()) {
            throw failure(
                    SourceFailure.Kind.WRONG_CREDENTIALS,
                    address(request) + " answers 401, but profile "
                            + settings.profile().name() + " sends no credentials; check profile and base_url");
        }
        if (tokens.orElseThrow().rejected(token.get())) {
            throw failure(
                    SourceFailure.Kind.WRONG_CREDENTIALS,
                    address(request)
                            + " answers 401 to tokens that were just issued; check client_id and client_secret,"
                            + " and that token_url and base_url belong together");
        }
        return new Attempt.Unauthorized();
    }

    private RequestOutcome spent(Attempt.Failed failed, int failures, String request) {
        String tried = failures == 1 ? "once" : failures + " times";
        if (failed.garbled().isPresent()) {
            if (!reached) {
                throw notTheApi(request, failed.detail());
            }
            if (failures >= settings.retry().attempts()) {
                return new RequestOutcome.Refused(
                        new PayloadRejection("", "not_json", failed.detail() + ", tried " + tried),
                        failed.garbled().get());
            }
        }
        if (!failed.answered() && !reached) {
            throw failure(
                    SourceFailure.Kind.UNREACHABLE,
                    "nothing answers at " + settings.baseUrl() + " (" + failed.detail() + "), tried " + tried
                            + "; check base_url and the network");
        }
        return parked(ParkReason.RETRIES_SPENT, request + " failed, tried " + tried + ": " + failed.detail());
    }

    private RequestOutcome.Parked parked(ParkReason reason, String detail) {
        return new RequestOutcome.Parked(clock.instant().plus(settings.retry().park()), reason, detail);
    }

    private static Optional<RequestOutcome> off(AccessTokens.Availability answer) {
        return switch (answer) {
            case AccessTokens.Availability.Ready ready -> Optional.empty();
            case AccessTokens.Availability.Off(TokenEndpoint.Unavailable why) ->
                Optional.of(new RequestOutcome.Parked(why.until(), why.reason(), why.detail()));
        };
    }

    private URI address(String request) {
        return URI.create(settings.baseUrl().toString().replaceFirst("/+$", "") + request);
    }

    private SourceFailure notTheApi(String request, String detail) {
        return failure(
                SourceFailure.Kind.NOT_THE_API,
                address(request) + " answers, but not as the "
                        + settings.profile().name() + " API does (" + detail + "); check base_url");
    }

    private SourceFailure failure(SourceFailure.Kind kind, String message) {
        return new SourceFailure(kind, "source " + settings.name() + ": " + message);
    }
}
