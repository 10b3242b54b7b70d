package dev.tactus.gateway.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;

/// What a request's head says about how it is to be treated.
///
/// @param toHead whether its answer has no body, whatever its head says
/// @param idempotent whether its method promises that twice is like once
/// @param bodiless whether it has no body
/// @param expectsContinue whether its caller waits to be asked for the body
public record RequestTraits(
        boolean toHead, boolean idempotent, boolean bodiless, boolean http10, boolean expectsContinue) {
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.TRACE);

    public static RequestTraits of(HttpRequest request) {
        boolean http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        return new RequestTraits(
                request.method().equals(HttpMethod.HEAD),
                IDEMPOTENT.contains(request.method()),
                !RequestRules.hasBody(request),
                http10,
                !http10 && HttpUtil.is100ContinueExpected(request));
    }
}
