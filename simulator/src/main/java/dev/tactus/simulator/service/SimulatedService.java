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
    private final LimitEnforcer enforcer;
    private final FaultInjector faults;
    private final ApiResponder responder;
    private final TrafficCounters counters = new TrafficCounters();
    private final SimulatorClock clock;
    private final Map<SimulatedEndpoint, AtomicLong> numbers = new ConcurrentHashMap<>();
    private final TokenLifetime lifetime;

    public SimulatedService(ServedCatalog catalog, Behaviour behaviour, long seed, SimulatorClock clock) {
        this.clock = clock;
        this.lifetime = behaviour.tokens();
        this.tokens = new TokenIssuer(lifetime, seed, clock);
        this.enforcer = new LimitEnforcer(behaviour.limits(), clock);
        this.faults = new FaultInjector(behaviour, seed, clock);
        this.responder = new ApiResponder(catalog, faults, seed);
    }

    public RecordingFaults recordingFaults() {
        return faults.recordings();
    }

    public TrackMutation mutation() {
        return responder.mutation();
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

    public SimulatedResponse serve(IncomingRequest request) {
        Optional<SimulatedEndpoint> endpoint = SimulatedEndpoint.at(request.path());
        SimulatedResponse response = response(request, endpoint);
        counters.answered(endpoint.map(SimulatedService::label).orElse("elsewhere"), response);
        return response;
    }

    private SimulatedResponse response(IncomingRequest request, Optional<SimulatedEndpoint> endpoint) {
        ClientIdentity client = new ClientIdentity(request.address(), request.address());
        if (endpoint.isEmpty() || endpoint.get().needsToken()) {
            switch (tokens.check(request.authorization())) {
                case TokenCheck.Bad(String message) -> {
                    return SimulatedResponse.error(401, message)
                            .with("WWW-Authenticate", "Bearer realm=\"tactus-simulator\"");
                }
                case TokenCheck.Good(ClientIdentity known) -> client = known;
            }
        }
        LimitEnforcer.Admission admission = enforcer.arrive(client, request.path());
        if (!admission.admitted()) {
            return tooMany(endpoint).with(admission.headers());
        }
        return admitted(request, endpoint, client).with(admission.headers());
    }

    private SimulatedResponse admitted(IncomingRequest request, Optional<SimulatedEndpoint> at, ClientIdentity client) {
        if (at.isEmpty()) {
            return SimulatedResponse.error(404, "Service not found");
        }
        if (!request.method().equals("GET")) {
            return SimulatedResponse.error(405, "Method not allowed").with("Allow", "GET");
        }
        SimulatedEndpoint endpoint = at.get();
        ApiRequest asked = ApiRequest.read(endpoint, request.path(), request.parameters());
        long number = numbers.computeIfAbsent(endpoint, any -> new AtomicLong()).incrementAndGet();
        Optional<RequestFault> fault = faults.ofRequest(endpoint, request.path(), number);
        if (fault.isEmpty()) {
            return responder.answer(asked, request.uri(), Optional.empty(), number);
        }
        counters.fault(FaultNames.of(fault.get()));
        return faulty(fault.get(), request, asked, endpoint, client, number);
    }

    private SimulatedResponse faulty(
            RequestFault fault,
            IncomingRequest request,
            ApiRequest asked,
            SimulatedEndpoint endpoint,
            ClientIdentity client,
            long number) {
        return switch (fault) {
            case RequestFault.ServerError(int status, Duration retryAfter) -> {
                SimulatedResponse error = waiting(SimulatedResponse.error(status, "Service unavailable"), retryAfter);
                yield status == 503 && !retryAfter.isZero() ? error.asThrottled() : error;
            }
            case RequestFault.Throttled(Duration retryAfter, Duration hold) -> {
                if (!hold.isZero()) {
                    enforcer.hold(client, hold);
                }
                yield waiting(tooMany(Optional.of(endpoint)), retryAfter.isZero() ? hold : retryAfter);
            }
            case RequestFault.Reset any ->
                SimulatedResponse.error(500, "never sent").sent(new SimulatedResponse.Transmission.Reset());
            case RequestFault.Html any -> SimulatedResponse.html();
            case RequestFault.Disguised(int status) -> SimulatedResponse.disguised(status, "Service unavailable");
            case RequestFault.Revoked any -> {
                tokens.revoke(client);
                yield SimulatedResponse.error(401, "The access token expired");
            }
            case RequestFault.OneItem(ItemFault item) ->
                responder.answer(asked, request.uri(), Optional.of(item), number);
            case RequestFault.Stalled(Duration duration) ->
                whole(asked, request, number).sent(new SimulatedResponse.Transmission.Stalled(duration));
            case RequestFault.Slow(Duration duration) ->
                whole(asked, request, number).sent(new SimulatedResponse.Transmission.Trickling(duration));
            case RequestFault.Truncated any ->
                whole(asked, request, number).sent(new SimulatedResponse.Transmission.Cut());
            case RequestFault.Oversized(long bytes) ->
                whole(asked, request, number).sent(new SimulatedResponse.Transmission.Padded(bytes));
        };
    }

    private SimulatedResponse whole(ApiRequest asked, IncomingRequest request, long number) {
        return responder.answer(asked, request.uri(), Optional.empty(), number);
    }

    private static SimulatedResponse waiting(SimulatedResponse response, Duration retryAfter) {
        return retryAfter.isZero()
                ? response
                : response.with("Retry-After", String.valueOf(Math.ceilDiv(retryAfter.toMillis(), 1000)));
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
        json.number("expires_in", lifetime.expiresIn().toSeconds());
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
        Map<String, Long> requests = counters.requests();
        Map<String, Long> throttled = counters.throttled();
        return new SimulatorReport(
                clock.elapsed().toNanos() / 1e9,
                requests.values().stream().mapToLong(Long::longValue).sum(),
                tokens.granted(),
                throttled.values().stream().mapToLong(Long::longValue).sum(),
                counters.bytes(),
                requests,
                throttled,
                counters.statuses(),
                counters.faults(),
                enforcer.report());
    }
}
