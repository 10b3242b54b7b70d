package dev.tactus.simulator.service;

import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.behaviour.TokenLifetime;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.fault.FaultNames;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaults;
import dev.tactus.simulator.fault.RequestFault;
import dev.tactus.simulator.fault.SimulatedEndpoint;
import dev.tactus.simulator.fault.TrackMutation;
import dev.tactus.simulator.quota.ClientIdentity;
import dev.tactus.simulator.quota.LimitEnforcer;
import dev.tactus.simulator.quota.SimulatorClock;
import dev.tactus.simulator.service.TokenIssuer.TokenCheck;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The service itself, without its transport: who asks, whether the limits let it pass, what goes wrong, what comes
/// back. Thread-safe.
public final class SimulatedService {
    private final TokenIssuer tokens;
    private final LimitEnforcer judge;
    private final FaultInjector faults;
    private final ApiResponder desk;
    private final TrafficCounters tally = new TrafficCounters();
    private final SimulatorClock clock;
    private final Map<SimulatedEndpoint, AtomicLong> numbers = new ConcurrentHashMap<>();
    private final TokenLifetime tokenRules;

    public SimulatedService(ServedCatalog catalog, Behaviour behaviour, long seed, SimulatorClock clock) {
        this.clock = clock;
        this.tokenRules = behaviour.tokens();
        this.tokens = new TokenIssuer(tokenRules, seed, clock);
        this.judge = new LimitEnforcer(behaviour.limits(), clock);
        this.faults = new FaultInjector(behaviour, seed, clock);
        this.desk = new ApiResponder(catalog, faults, seed);
    }

    public RecordingFaults recordingFaults() {
        return faults.recordings();
    }

    public TrackMutation disguise() {
        return desk.disguise();
    }

    /// A request as it arrived.
    ///
    /// @param path its escapes resolved
    /// @param address where it comes from
    public record IncomingRequest(
            String method,
            String path,
            String uri,
            Map<String, String> parameters,
            Optional<String> authorization,
            String address) {}

    public SimulatedResponse serve(IncomingRequest arrival) {
        Optional<SimulatedEndpoint> endpoint = SimulatedEndpoint.at(arrival.path());
        SimulatedResponse reply = reply(arrival, endpoint);
        tally.answered(endpoint.map(SimulatedService::label).orElse("elsewhere"), reply);
        return reply;
    }

    private SimulatedResponse reply(IncomingRequest arrival, Optional<SimulatedEndpoint> endpoint) {
        ClientIdentity caller = new ClientIdentity(arrival.address(), arrival.address());
        if (endpoint.isEmpty() || endpoint.get().needsToken()) {
            switch (tokens.check(arrival.authorization())) {
                case TokenCheck.Bad(String message) -> {
                    return SimulatedResponse.error(401, message)
                            .with("WWW-Authenticate", "Bearer realm=\"tactus-simulator\"");
                }
                case TokenCheck.Good(ClientIdentity known) -> caller = known;
            }
        }
        LimitEnforcer.Admission verdict = judge.arrive(caller, arrival.path());
        if (!verdict.admitted()) {
            return tooMany(endpoint).with(verdict.headers());
        }
        return admitted(arrival, endpoint, caller).with(verdict.headers());
    }

    private SimulatedResponse admitted(IncomingRequest arrival, Optional<SimulatedEndpoint> at, ClientIdentity caller) {
        if (at.isEmpty()) {
            return SimulatedResponse.error(404, "Service not found");
        }
        if (!arrival.method().equals("GET")) {
            return SimulatedResponse.error(405, "Method not allowed").with("Allow", "GET");
        }
        SimulatedEndpoint endpoint = at.get();
        ApiRequest ask = ApiRequest.read(endpoint, arrival.path(), arrival.parameters());
        long number = numbers.computeIfAbsent(endpoint, any -> new AtomicLong()).incrementAndGet();
        Optional<RequestFault> fault = faults.ofRequest(endpoint, arrival.path(), number);
        if (fault.isEmpty()) {
            return desk.answer(ask, arrival.uri(), Optional.empty(), number);
        }
        tally.fault(FaultNames.of(fault.get()));
        return faulty(fault.get(), arrival, ask, endpoint, caller, number);
    }

    private SimulatedResponse faulty(
            RequestFault fault,
            IncomingRequest arrival,
            ApiRequest ask,
            SimulatedEndpoint endpoint,
            ClientIdentity caller,
            long number) {
        return switch (fault) {
            case RequestFault.ServerError(int status, Duration retryAfter) -> {
                SimulatedResponse error = waiting(SimulatedResponse.error(status, "Service unavailable"), retryAfter);
                yield status == 503 && !retryAfter.isZero() ? error.asThrottled() : error;
            }
            case RequestFault.Throttled(Duration retryAfter, Duration hold) -> {
                if (!hold.isZero()) {
                    judge.hold(caller, hold);
                }
                yield waiting(tooMany(Optional.of(endpoint)), retryAfter.isZero() ? hold : retryAfter);
            }
            case RequestFault.Reset any ->
                SimulatedResponse.error(500, "never sent").sent(new SimulatedResponse.Transmission.Reset());
            case RequestFault.Html any -> SimulatedResponse.html();
            case RequestFault.Revoked any -> {
                tokens.revoke(caller);
                yield SimulatedResponse.error(401, "The access token expired");
            }
            case RequestFault.OneItem(ItemFault item) -> desk.answer(ask, arrival.uri(), Optional.of(item), number);
            case RequestFault.Stalled(Duration duration) ->
                whole(ask, arrival, number).sent(new SimulatedResponse.Transmission.Stalled(duration));
            case RequestFault.Slow(Duration duration) ->
                whole(ask, arrival, number).sent(new SimulatedResponse.Transmission.Trickling(duration));
            case RequestFault.Truncated any ->
                whole(ask, arrival, number).sent(new SimulatedResponse.Transmission.Cut());
            case RequestFault.Oversized(long bytes) ->
                whole(ask, arrival, number).sent(new SimulatedResponse.Transmission.Padded(bytes));
        };
    }

    private SimulatedResponse whole(ApiRequest ask, IncomingRequest arrival, long number) {
        return desk.answer(ask, arrival.uri(), Optional.empty(), number);
    }

    private static SimulatedResponse waiting(SimulatedResponse reply, Duration retryAfter) {
        return retryAfter.isZero()
                ? reply
                : reply.with("Retry-After", String.valueOf(Math.ceilDiv(retryAfter.toMillis(), 1000)));
    }

    private static SimulatedResponse tooMany(Optional<SimulatedEndpoint> endpoint) {
        if (endpoint.isPresent() && endpoint.get() == SimulatedEndpoint.DEEZER_TRACK) {
            return SimulatedResponse.ok(DeezerPayloads.error("Exception", "Quota limit exceeded", 4))
                    .asThrottled();
        }
        return SimulatedResponse.error(429, "API rate limit exceeded").asThrottled();
    }

    /// Hands out a token.
    public SimulatedResponse grant(Optional<String> authorization, Map<String, String> form) {
        Optional<TokenIssuer.Credentials> credentials = TokenIssuer.Credentials.basic(authorization)
                .or(() -> TokenIssuer.Credentials.of(field(form, "client_id"), field(form, "client_secret")));
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
        return SimulatedResponse.ok(json.done()).with("Cache-Control", "no-store");
    }

    private static SimulatedResponse tokenError(String code) {
        JsonBody json = new JsonBody(50);
        json.object();
        json.text("error", code);
        json.endObject();
        SimulatedResponse shape = SimulatedResponse.ok(json.done());
        return new SimulatedResponse(400, shape.type(), Map.of(), shape.body(), shape.transmission(), false);
    }

    private static String field(Map<String, String> form, String name) {
        String value = form.get(name);
        return value == null ? "" : value;
    }

    private static String label(SimulatedEndpoint endpoint) {
        return endpoint == SimulatedEndpoint.DEEZER_TRACK ? "/track" : endpoint.path();
    }

    public SimulatorReport report() {
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
