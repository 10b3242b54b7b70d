package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.Timeouts;
import dev.tactus.gateway.http.HttpProblem;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.UnknownHostException;

/// What callers are told when the trouble is behind the gateway.
final class UpstreamProblems {
    static final HttpProblem NOT_HTTP = HttpProblem.of(
            HttpResponseStatus.BAD_GATEWAY, "the API behind this gateway gave an answer that is not HTTP");
    static final HttpProblem NO_ANSWER = HttpProblem.of(
            HttpResponseStatus.BAD_GATEWAY, "the API behind this gateway closed the connection without an answer");
    static final HttpProblem STOPPED_READING = HttpProblem.closing(
            HttpResponseStatus.GATEWAY_TIMEOUT, "the API behind this gateway stopped reading the request");

    private UpstreamProblems() {}

    static HttpProblem unreachable(Throwable why) {
        return switch (why) {
            case ConnectTimeoutException timeout ->
                HttpProblem.of(
                        HttpResponseStatus.GATEWAY_TIMEOUT, "the API behind this gateway took too long to connect");
            case UnknownHostException unknown ->
                HttpProblem.of(HttpResponseStatus.BAD_GATEWAY, "the name of the API behind this gateway is not known");
            default -> HttpProblem.of(HttpResponseStatus.BAD_GATEWAY, "the API behind this gateway can't be reached");
        };
    }

    static HttpProblem silent(Timeouts timeouts) {
        return HttpProblem.of(
                HttpResponseStatus.GATEWAY_TIMEOUT,
                "the API behind this gateway did not answer within "
                        + timeouts.request().toMillis() + " ms");
    }
}
