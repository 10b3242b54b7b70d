package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.http.RequestRules;
import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.usage.UsageMeter;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.violations.ComplianceStatuses;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where every request comes first: is it one that is forwarded, and who has sent it? Thread-safe.
public final class AdmissionCheck {
    private static final Logger log = LoggerFactory.getLogger(AdmissionCheck.class);
    private static final RequestIdentity NOBODY = new RequestIdentity.Unknown();

    private final Supplier<RuntimeConfig> current;
    private final ComplianceStatuses standings;
    private final UsageMeter strangers;

    /// An exchange, and what is to happen to it first.
    record CheckedExchange(Exchange exchange, Optional<FullHttpResponse> refusal, boolean closes) {
        void begin() {
            if (refusal.isPresent()) {
                if (closes) {
                    exchange.notPersistent();
                }
                exchange.answer(refusal.get());
            } else {
                exchange.arrive();
            }
        }
    }

    public AdmissionCheck(Supplier<RuntimeConfig> current, ComplianceStatuses standings, UsageMeterRegistry usage) {
        this.current = current;
        this.standings = standings;
        this.strangers = usage.meter(UsageMeterRegistry.STRANGERS, List.of());
    }

    RuntimeConfig setup() {
        return current.get();
    }

    CheckedExchange receive(ClientConnection caller, ProxyWorker loop, HttpRequest request) {
        RuntimeConfig setup = current.get();
        Optional<HttpProblem> wrong =
                RequestRules.check(request, setup.settings().sizes(), caller.isHttp2());
        if (wrong.isPresent()) {
            return new CheckedExchange(
                    new Exchange(caller, loop, setup, request, NOBODY),
                    Optional.of(GatewayResponses.problem(wrong.get())),
                    wrong.get().closes());
        }
        RequestIdentity identity = setup.callers().of(request.headers(), caller.address(), caller.lastKey());
        Exchange exchange = new Exchange(caller, loop, setup, request, identity);
        return new CheckedExchange(exchange, turnedAway(setup, identity, loop), false);
    }

    private Optional<FullHttpResponse> turnedAway(RuntimeConfig setup, RequestIdentity identity, ProxyWorker loop) {
        return switch (identity) {
            case RequestIdentity.Unknown unknown -> {
                strangers.at(loop.now()).turnedAway();
                FullHttpResponse answer = GatewayResponses.problem(HttpProblem.of(
                        HttpResponseStatus.UNAUTHORIZED,
                        "unknown application: the request carries no valid identification"));
                answer.headers()
                        .set(HttpHeaderNames.WWW_AUTHENTICATE, setup.callers().challenge());
                yield Optional.of(answer);
            }
            case RequestIdentity.Application application -> {
                if (standings.of(application.id()) != ComplianceStatus.REVOKED) {
                    yield Optional.empty();
                }
                application.plan().meter().at(loop.now()).turnedAway();
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
