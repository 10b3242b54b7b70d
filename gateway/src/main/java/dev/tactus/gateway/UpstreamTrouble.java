package dev.tactus.gateway;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.UnknownHostException;

/// What callers are told when the trouble is behind the gateway.
final class UpstreamTrouble {
    static final Refused NOT_HTTP =
            Refused.of(HttpResponseStatus.BAD_GATEWAY, "the API behind this gateway gave an answer that is not HTTP");
    static final Refused NO_ANSWER = Refused.of(
            HttpResponseStatus.BAD_GATEWAY, "the API behind this gateway closed the connection without an answer");
    static final Refused STOPPED_READING = Refused.closing(
            HttpResponseStatus.GATEWAY_TIMEOUT, "the API behind this gateway stopped reading the request");

    private UpstreamTrouble() {}

    static Refused unreachable(Throwable why) {
        return switch (why) {
            case ConnectTimeoutException timeout ->
                Refused.of(HttpResponseStatus.GATEWAY_TIMEOUT, "the API behind this gateway took too long to connect");
            case UnknownHostException unknown ->
                Refused.of(HttpResponseStatus.BAD_GATEWAY, "the name of the API behind this gateway is not known");
            default -> Refused.of(HttpResponseStatus.BAD_GATEWAY, "the API behind this gateway can't be reached");
        };
    }

    static Refused silent(Timeouts timeouts) {
        return Refused.of(
                HttpResponseStatus.GATEWAY_TIMEOUT,
                "the API behind this gateway did not answer within "
                        + timeouts.request().toMillis() + " ms");
    }
}
