package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.network.Timeouts;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.UnknownHostException;

/// What callers are told when the trouble is behind the gateway.
final class UpstreamProblems {
    static final HttpProblem NOT_HTTP =
            HttpProblem.of(HttpResponseStatus.BAD_GATEWAY, "the upstream's response is not valid HTTP");
    static final HttpProblem NO_ANSWER =
            HttpProblem.of(HttpResponseStatus.BAD_GATEWAY, "the upstream closed the connection without a response");
    static final HttpProblem STOPPED_READING =
            HttpProblem.closing(HttpResponseStatus.GATEWAY_TIMEOUT, "the upstream stopped reading the request");

    private UpstreamProblems() {}

    static HttpProblem unreachable(Throwable why) {
        return switch (why) {
            case ConnectTimeoutException timeout ->
                HttpProblem.of(HttpResponseStatus.GATEWAY_TIMEOUT, "connecting to the upstream took too long");
            case UnknownHostException unknown ->
                HttpProblem.of(HttpResponseStatus.BAD_GATEWAY, "the upstream's host name cannot be resolved");
            default -> HttpProblem.of(HttpResponseStatus.BAD_GATEWAY, "the upstream cannot be reached");
        };
    }

    static HttpProblem silent(Timeouts timeouts) {
        return HttpProblem.of(
                HttpResponseStatus.GATEWAY_TIMEOUT,
                "the upstream did not respond within " + timeouts.request().toMillis() + " ms");
    }
}
