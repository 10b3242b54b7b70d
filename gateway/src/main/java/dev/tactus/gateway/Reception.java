package dev.tactus.gateway;

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
final class Reception {
    private static final Logger log = LoggerFactory.getLogger(Reception.class);
    private static final Identity NOBODY = new Identity.Unknown();

    private final Supplier<Setup> current;
    private final Standings standings;
    private final Meter strangers;

    /// An exchange, and what is to happen to it first.
    record Received(Exchange exchange, Optional<FullHttpResponse> refusal, boolean closes) {
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

    Reception(Supplier<Setup> current, Standings standings, Usage usage) {
        this.current = current;
        this.standings = standings;
        this.strangers = usage.meter(Usage.STRANGERS, List.of());
    }

    Setup setup() {
        return current.get();
    }

    Received receive(Caller caller, Loop loop, HttpRequest request) {
        Setup setup = current.get();
        Optional<Refused> wrong = RequestRules.check(request, setup.settings().sizes(), caller.isHttp2());
        if (wrong.isPresent()) {
            return new Received(
                    new Exchange(caller, loop, setup, request, NOBODY),
                    Optional.of(OwnAnswers.problem(wrong.get())),
                    wrong.get().closes());
        }
        Identity identity = setup.callers().of(request.headers(), caller.address(), caller.lastKey());
        Exchange exchange = new Exchange(caller, loop, setup, request, identity);
        return new Received(exchange, turnedAway(setup, identity, loop), false);
    }

    private Optional<FullHttpResponse> turnedAway(Setup setup, Identity identity, Loop loop) {
        return switch (identity) {
            case Identity.Unknown unknown -> {
                strangers.at(loop.now()).turnedAway();
                FullHttpResponse answer = OwnAnswers.problem(Refused.of(
                        HttpResponseStatus.UNAUTHORIZED, "no application is known by what this request carries"));
                answer.headers()
                        .set(HttpHeaderNames.WWW_AUTHENTICATE, setup.callers().challenge());
                yield Optional.of(answer);
            }
            case Identity.Application application -> {
                if (standings.of(application.id()) != Standing.REVOKED) {
                    yield Optional.empty();
                }
                application.plan().meter().at(loop.now()).turnedAway();
                yield Optional.of(OwnAnswers.problem(Refused.of(
                        HttpResponseStatus.FORBIDDEN,
                        "the application " + application.id()
                                + " has been revoked for going over its limits again and again")));
            }
        };
    }

    void failed(Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("a caller's connection failed: {}", cause.getMessage());
        } else {
            log.warn("a caller's connection failed", cause);
        }
    }
}
