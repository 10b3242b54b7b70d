package dev.tactus.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/// Makes a request's head one that the upstream may see: without what is about the caller's connection, with what is
/// about the upstream's, and with who it came from.
final class OutgoingHead {
    private static final AsciiString VIA = AsciiString.cached("1.1 tactus");

    private OutgoingHead() {}

    /// To be called once for each request.
    static void prepare(HttpRequest request, boolean bodiless, Caller caller, Setup setup) {
        HttpHeaders headers = request.headers();
        boolean chunked = !bodiless && HttpUtil.isTransferEncodingChunked(request);
        boolean trailers = Hops.takesTrailers(headers);
        String host = headers.get(HttpHeaderNames.HOST, "");
        Hops.strip(headers);
        if (caller.isHttp2()) {
            Hops.stripNotes(headers);
        }
        if (chunked) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (trailers) {
            headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderNames.TE);
        }
        caller.forwarded().add(headers, host, isFromTrustedProxy(caller, setup));
        headers.add(HttpHeaderNames.VIA, VIA);
        Upstream upstream = setup.target().upstream();
        headers.set(HttpHeaderNames.HOST, setup.target().authority());
        if (!upstream.path().isEmpty()) {
            request.setUri(upstream.path() + request.uri());
        }
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    private static boolean isFromTrustedProxy(Caller caller, Setup setup) {
        for (AddressRange range : setup.settings().trustedProxies()) {
            if (range.contains(caller.address())) {
                return true;
            }
        }
        return false;
    }
}
