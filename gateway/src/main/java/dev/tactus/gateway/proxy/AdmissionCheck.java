package dev.tactus.gateway.proxy;

import dev.tactus.gateway.events.InternalSecret;
import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.http.RequestRules;
import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.upstream.ProxyWorker;
import dev.tactus.gateway.usage.UsageMeter;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.violations.ComplianceStatuses;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where every request comes first: is it one that is forwarded, and who has sent it? Thread-safe.
public final class AdmissionCheck {
    private static final Logger log = LoggerFactory.getLogger(AdmissionCheck.class);
    private static final RequestIdentity NOBODY = new RequestIdentity.Unknown();

    private static final HttpProblem FOR_NONE =
            HttpProblem.of(HttpResponseStatus.NOT_FOUND, "no upstream is configured for this host and path");
    private static final HttpProblem FOR_SEVERAL = HttpProblem.of(
            HttpResponseStatus.BAD_REQUEST,
            "ambiguous: servers read this path in different ways (because of a ; or of what is percent-encoded), and it"
                    + " would be for different upstreams");

    private final Supplier<RuntimeConfig> current;
    private final ComplianceStatuses statuses;
    private final UsageMeter strangers;
    private final boolean internalOnly;

    /// An exchange, and what is to happen to it first.
    record CheckedExchange(Exchange exchange, Optional<FullHttpResponse> refusal, boolean closes) {
        void begin() {
            if (refusal.isPresent()) {
                if (closes) {
                    exchange.notPersistent();
                }
                exchange.answer(refusal.get());
            } else {
                exchange.admit();
            }
        }
    }

    /// Lets in whom the configuration lets in.
    ///
    /// @param internalOnly whether only the gateway's own requests are taken
    public AdmissionCheck(
            Supplier<RuntimeConfig> current,
            ComplianceStatuses statuses,
            UsageMeterRegistry usage,
            boolean internalOnly) {
        this.internalOnly = internalOnly;
        this.current = current;
        this.statuses = statuses;
        this.strangers = usage.meter(UsageMeterRegistry.STRANGERS, List.of());
    }

    RuntimeConfig config() {
        return current.get();
    }

    CheckedExchange receive(ClientConnection client, ProxyWorker worker, HttpRequest request) {
        RuntimeConfig first = current.get();
        RuntimeConfig config = first;
        String identifying = config.settings().identify().field();
        RequestRules.dropUnderscored(request.headers(), identifying);
        Optional<HttpProblem> wrong = RequestRules.check(
                        request, config.settings().sizes(), client.isHttp2())
                .or(() -> RequestRules.identifiesOnce(request.headers(), identifying))
                .or(() -> RequestRules.connectionNamesNobody(request.headers(), identifying));
        if (wrong.isPresent()) {
            return new CheckedExchange(
                    new Exchange(client, worker, config, request, NOBODY),
                    Optional.of(GatewayResponses.problem(wrong.get())),
                    wrong.get().closes());
        }
        String secret = request.headers().get(InternalSecret.FIELD);
        request.headers().remove(InternalSecret.FIELD).remove(InternalSecret.APPLICATION);
        Optional<EventRoute> events = config.events();
        if (config.routing().isPresent()
                && events.filter(route -> route.covers(request.uri())).isEmpty()) {
            switch (config.routing().get().select(request)) {
                case UpstreamSelector.FoundRoute.Only(RuntimeConfig selected) -> config = selected;
                case UpstreamSelector.FoundRoute.None none -> {
                    return unrouted(client, worker, first, request, FOR_NONE);
                }
                case UpstreamSelector.FoundRoute.Ambiguous ambiguous -> {
                    return unrouted(client, worker, first, request, FOR_SEVERAL);
                }
            }
        }
        if (internalOnly || secret != null) {
            boolean known = secret != null
                    && events.filter(route -> route.secret().is(secret)).isPresent();
            if (known) {
                RequestIdentity poller = events.get().poller();
                return new CheckedExchange(
                        new Exchange(client, worker, config, request, poller), Optional.empty(), false);
            }
            if (internalOnly) {
                return new CheckedExchange(
                        new Exchange(client, worker, config, request, NOBODY),
                        Optional.of(GatewayResponses.problem(
                                HttpProblem.of(HttpResponseStatus.FORBIDDEN, "this port is the gateway's own"))),
                        true);
            }
        }
        RequestIdentity identity =
                config.authenticator().of(request.headers(), client.address(), client.certificate(), client.keyCache());
        if (events.isPresent() && events.get().covers(request.uri())) {
            return aboutEvents(client, worker, config, events.get(), request, identity);
        }
        Exchange exchange = new Exchange(client, worker, config, request, identity);
        return new CheckedExchange(exchange, turnedAway(config, identity, worker), false);
    }

    private static CheckedExchange unrouted(
            ClientConnection client, ProxyWorker worker, RuntimeConfig config, HttpRequest request, HttpProblem why) {
        return new CheckedExchange(
                new Exchange(client, worker, config, request, NOBODY),
                Optional.of(GatewayResponses.problem(why)),
                false);
    }

    private CheckedExchange aboutEvents(
            ClientConnection client,
            ProxyWorker worker,
            RuntimeConfig config,
            EventRoute events,
            HttpRequest request,
            RequestIdentity identity) {
        Exchange exchange = new Exchange(client, worker, events.forward(), request, identity);
        if (!events.isPublishing(request.uri())) {
            RequestIdentity asking = identity
                                    instanceof
                                    RequestIdentity.Application(
                                            String id,
                                            String key,
                                            RequestIdentity.Metered plan,
                                            RequestIdentity.Metered less,
                                            Optional<RequestIdentity.Group> group)
                            && id.equals(UsageMeterRegistry.STRANGERS)
                    ? NOBODY
                    : identity;
            Optional<FullHttpResponse> refusal = turnedAway(config, asking, worker);
            if (refusal.isPresent()) {
                return new CheckedExchange(exchange, refusal, false);
            }
            String id = ((RequestIdentity.Application) asking).id();
            request.headers().set(InternalSecret.APPLICATION, URLEncoder.encode(id, StandardCharsets.UTF_8));
        }
        request.headers().set(InternalSecret.FIELD, events.secret().value());
        return new CheckedExchange(exchange, Optional.empty(), false);
    }

    private Optional<FullHttpResponse> turnedAway(RuntimeConfig config, RequestIdentity identity, ProxyWorker worker) {
        return switch (identity) {
            case RequestIdentity.Unknown unknown -> {
                strangers.at(worker.now()).turnedAway();
                FullHttpResponse answer = GatewayResponses.problem(HttpProblem.of(
                        HttpResponseStatus.UNAUTHORIZED,
                        "unknown application: the request carries no valid identification"));
                answer.headers()
                        .set(
                                HttpHeaderNames.WWW_AUTHENTICATE,
                                config.authenticator().challenge());
                yield Optional.of(answer);
            }
            case RequestIdentity.Application application -> {
                if (statuses.of(application.id()) != ComplianceStatus.REVOKED) {
                    yield Optional.empty();
                }
                application.plan().meter().at(worker.now()).turnedAway();
                yield Optional.of(GatewayResponses.problem(HttpProblem.of(
                        HttpResponseStatus.FORBIDDEN,
                        "the application " + application.id()
                                + " has been revoked for repeated violations of its limits")));
            }
        };
    }

    void failed(Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("a client's connection failed: {}", cause.getMessage());
        } else {
            log.warn("a client's connection failed", cause);
        }
    }
}
