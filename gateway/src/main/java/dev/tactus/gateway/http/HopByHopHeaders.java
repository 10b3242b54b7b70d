package dev.tactus.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.AsciiString;
import java.util.List;

/// Takes away the header fields that are about one connection and not about the message (RFC 9110, section 7.6.1):
/// those that `Connection` names, and those that are known to be.
public final class HopByHopHeaders {
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");
    private static final AsciiString[] OF_ONE_HOP = {
        HttpHeaderNames.CONNECTION,
        KEEP_ALIVE,
        PROXY_CONNECTION,
        HttpHeaderNames.TRANSFER_ENCODING,
        HttpHeaderNames.UPGRADE,
        HttpHeaderNames.TE,
        HTTP2_SETTINGS,
        HttpHeaderNames.PROXY_AUTHENTICATE,
        HttpHeaderNames.PROXY_AUTHORIZATION,
    };

    private HopByHopHeaders() {}

    public static void strip(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.CONNECTION)) {
            List<String> lines = headers.getAll(HttpHeaderNames.CONNECTION);
            for (String line : lines) {
                if (HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(line)) {
                    continue; // what nearly every upstream says names what is taken away below
                }
                for (String name : line.split(",", -1)) {
                    removeNamed(headers, name.strip());
                }
            }
        }
        for (AsciiString name : OF_ONE_HOP) {
            headers.remove(name);
        }
    }

    /// What frames a message or tells where it goes can't be taken away by naming it.
    private static void removeNamed(HttpHeaders headers, String name) {
        boolean needed = HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.AUTHORIZATION.contentEqualsIgnoreCase(name);
        if (!name.isEmpty() && !needed) {
            headers.remove(name);
        }
    }

    /// Takes away what the HTTP/2 codec notes in fields.
    public static void stripNotes(HttpHeaders headers) {
        for (HttpConversionUtil.ExtensionHeaderNames note : HttpConversionUtil.ExtensionHeaderNames.values()) {
            headers.remove(note.text());
        }
    }

    /// Whether the caller takes trailers.
    public static boolean takesTrailers(HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true);
    }
}
