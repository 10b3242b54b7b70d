package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.network.Timeouts;
import dev.tactus.gateway.upstream.NoHealthyAddressException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
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

    private static final String SOON = "1";

    /// The answer where there is no connection.
    static FullHttpResponse unreachable(Throwable why) {
        FullHttpResponse answer = GatewayResponses.problem(problem(why));
        if (why instanceof NoHealthyAddressException) {
            answer.headers().set(HttpHeaderNames.RETRY_AFTER, SOON);
        }
        return answer;
    }

    private static HttpProblem problem(Throwable why) {
        return switch (why) {
            case ConnectTimeoutException timeout ->
                HttpProblem.of(HttpResponseStatus.GATEWAY_TIMEOUT, "connecting to the upstream took too long");
            case NoHealthyAddressException none ->
                HttpProblem.of(HttpResponseStatus.SERVICE_UNAVAILABLE, "no address of the upstream is healthy");
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
