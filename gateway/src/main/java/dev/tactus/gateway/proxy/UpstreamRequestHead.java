package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.HopByHopHeaders;
import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.network.Upstream;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/// Makes a request's head one that the upstream may see: without what is about the caller's connection, with what is
/// about the upstream's, and with who it came from.
final class UpstreamRequestHead {
    private static final AsciiString VIA = AsciiString.cached("1.1 tactus");

    private UpstreamRequestHead() {}

    /// To be called once for each request.
    static void prepare(HttpRequest request, boolean bodiless, ClientConnection client, RuntimeConfig config) {
        HttpHeaders headers = request.headers();
        boolean chunked = !bodiless && HttpUtil.isTransferEncodingChunked(request);
        boolean trailers = HopByHopHeaders.takesTrailers(headers);
        String host = headers.get(HttpHeaderNames.HOST, "");
        HopByHopHeaders.strip(headers);
        if (client.isHttp2()) {
            HopByHopHeaders.stripNotes(headers);
        }
        if (chunked) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (trailers) {
            headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderNames.TE);
        }
        client.forwarded()
                .add(
                        headers,
                        host,
                        isFromTrustedProxy(client, config),
                        config.settings().forwardedBy());
        headers.add(HttpHeaderNames.VIA, VIA);
        Upstream upstream = config.target().upstream();
        headers.set(HttpHeaderNames.HOST, config.target().authority());
        if (!upstream.path().isEmpty()) {
            request.setUri(upstream.path() + request.uri());
        }
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    /// A request without a body, in one piece.
    static FullHttpRequest bodiless(HttpRequest request) {
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
    }

    private static boolean isFromTrustedProxy(ClientConnection client, RuntimeConfig config) {
        for (CidrBlock range : config.settings().trustedProxies()) {
            if (range.contains(client.address())) {
                return true;
            }
        }
        return false;
    }
}
