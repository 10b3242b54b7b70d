package dev.tactus.simulator;

import dev.tactus.simulator.Tokens.Check;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The service itself, without its transport: who asks, whether the limits let it pass, what goes wrong, what comes
/// back. Thread-safe.
final class Service {
    private final Tokens tokens;
    private final Judge judge;
    private final Faults faults;
    private final Desk desk;
    private final Tally tally = new Tally();
    private final SimulatorClock clock;
    private final Map<Endpoint, AtomicLong> numbers = new ConcurrentHashMap<>();
    private final TokenRules tokenRules;

    Service(ServedCatalog catalog, Behaviour behaviour, long seed, SimulatorClock clock) {
        this.clock = clock;
        this.tokenRules = behaviour.tokens();
        this.tokens = new Tokens(tokenRules, seed, clock);
        this.judge = new Judge(behaviour.limits(), clock);
        this.faults = new Faults(behaviour, seed, clock);
        this.desk = new Desk(catalog, faults, seed);
    }

    RecordingFaults recordingFaults() {
        return faults.recordings();
    }

    Disguise disguise() {
        return desk.disguise();
    }

    /// A request as it arrived.
    ///
    /// @param path its escapes resolved
    /// @param address where it comes from
    record Arrival(
            String method,
            String path,
            String uri,
            MultiMap parameters,
            Optional<String> authorization,
            String address) {}

    Reply serve(Arrival arrival) {
        Optional<Endpoint> endpoint = Endpoint.at(arrival.path());
        Reply reply = reply(arrival, endpoint);
        tally.answered(endpoint.map(Service::label).orElse("elsewhere"), reply);
        return reply;
    }

    private Reply reply(Arrival arrival, Optional<Endpoint> endpoint) {
        Caller caller = new Caller(arrival.address(), arrival.address());
        if (endpoint.isEmpty() || endpoint.get().needsToken()) {
            switch (tokens.check(arrival.authorization())) {
                case Check.Bad(String message) -> {
                    return Reply.error(401, message).with("WWW-Authenticate", "Bearer realm=\"tactus-simulator\"");
                }
                case Check.Good(Caller known) -> caller = known;
            }
        }
        Judge.Verdict verdict = judge.arrive(caller, arrival.path());
        if (!verdict.admitted()) {
            return tooMany(endpoint).with(verdict.headers());
        }
        return admitted(arrival, endpoint, caller).with(verdict.headers());
    }

    private Reply admitted(Arrival arrival, Optional<Endpoint> at, Caller caller) {
        if (at.isEmpty()) {
            return Reply.error(404, "Service not found");
        }
        if (!arrival.method().equals("GET")) {
            return Reply.error(405, "Method not allowed").with("Allow", "GET");
        }
        Endpoint endpoint = at.get();
        Ask ask = Ask.read(endpoint, arrival.path(), arrival.parameters());
        long number = numbers.computeIfAbsent(endpoint, any -> new AtomicLong()).incrementAndGet();
        Optional<RequestFault> fault = faults.ofRequest(endpoint, arrival.path(), number);
        if (fault.isEmpty()) {
            return desk.answer(ask, arrival.uri(), Optional.empty(), number);
        }
        tally.fault(FaultNames.of(fault.get()));
        return faulty(fault.get(), arrival, ask, endpoint, caller, number);
    }

    private Reply faulty(RequestFault fault, Arrival arrival, Ask ask, Endpoint endpoint, Caller caller, long number) {
        return switch (fault) {
            case RequestFault.ServerError(int status, Duration retryAfter) -> {
                Reply error = waiting(Reply.error(status, "Service unavailable"), retryAfter);
                yield status == 503 && !retryAfter.isZero() ? error.asThrottled() : error;
            }
            case RequestFault.Throttled(Duration retryAfter, Duration hold) -> {
                if (!hold.isZero()) {
                    judge.hold(caller, hold);
                }
                yield waiting(tooMany(Optional.of(endpoint)), retryAfter.isZero() ? hold : retryAfter);
            }
            case RequestFault.Reset any -> Reply.error(500, "never sent").sent(new Reply.Manner.Reset());
            case RequestFault.Html any -> Reply.html();
            case RequestFault.Revoked any -> {
                tokens.revoke(caller);
                yield Reply.error(401, "The access token expired");
            }
            case RequestFault.OneItem(ItemFault item) -> desk.answer(ask, arrival.uri(), Optional.of(item), number);
            case RequestFault.Stalled(Duration duration) ->
                whole(ask, arrival, number).sent(new Reply.Manner.Stalled(duration));
            case RequestFault.Slow(Duration duration) ->
                whole(ask, arrival, number).sent(new Reply.Manner.Trickling(duration));
            case RequestFault.Truncated any -> whole(ask, arrival, number).sent(new Reply.Manner.Cut());
            case RequestFault.Oversized(long bytes) ->
                whole(ask, arrival, number).sent(new Reply.Manner.Padded(bytes));
        };
    }

    private Reply whole(Ask ask, Arrival arrival, long number) {
        return desk.answer(ask, arrival.uri(), Optional.empty(), number);
    }

    private static Reply waiting(Reply reply, Duration retryAfter) {
        return retryAfter.isZero()
                ? reply
                : reply.with("Retry-After", String.valueOf(Math.ceilDiv(retryAfter.toMillis(), 1000)));
    }

    private static Reply tooMany(Optional<Endpoint> endpoint) {
        if (endpoint.isPresent() && endpoint.get() == Endpoint.DEEZER_TRACK) {
            return Reply.ok(DeezerPayloads.error("Exception", "Quota limit exceeded", 4))
                    .asThrottled();
        }
        return Reply.error(429, "API rate limit exceeded").asThrottled();
    }

    /// Hands out a token.
    Reply grant(Optional<String> authorization, MultiMap form) {
        Optional<Tokens.Credentials> credentials = Tokens.Credentials.basic(authorization)
                .or(() -> Tokens.Credentials.of(field(form, "client_id"), field(form, "client_secret")));
        if (credentials.isEmpty()) {
            return tokenError("invalid_client");
        }
        if (!field(form, "grant_type").equals("client_credentials")) {
            return tokenError("unsupported_grant_type");
        }
        JsonBody json = new JsonBody(150);
        json.object();
        json.text("access_token", tokens.grant(credentials.get()));
        json.text("token_type", "Bearer");
        json.number("expires_in", tokenRules.expiresIn().toSeconds());
        json.endObject();
        return Reply.ok(json.done()).with("Cache-Control", "no-store");
    }

    private static Reply tokenError(String code) {
        JsonBody json = new JsonBody(50);
        json.object();
        json.text("error", code);
        json.endObject();
        Reply shape = Reply.ok(json.done());
        return new Reply(400, shape.type(), Map.of(), shape.body(), shape.manner(), false);
    }

    private static String field(MultiMap form, String name) {
        String value = form.get(name);
        return value == null ? "" : value;
    }

    private static String label(Endpoint endpoint) {
        return endpoint == Endpoint.DEEZER_TRACK ? "/track" : endpoint.path();
    }

    SimulatorReport report() {
        Map<String, Long> requests = tally.requests();
        Map<String, Long> throttled = tally.throttled();
        return new SimulatorReport(
                clock.elapsed().toNanos() / 1e9,
                requests.values().stream().mapToLong(Long::longValue).sum(),
                tokens.granted(),
                throttled.values().stream().mapToLong(Long::longValue).sum(),
                tally.bytes(),
                requests,
                throttled,
                tally.statuses(),
                tally.faults(),
                judge.report());
    }
}
