package dev.tactus.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Takes away what must not stand after a body (RFC 9110, section 6.5.1): whatever frames or routes a message, says who
/// sent it, or changes how it is treated. A server that merges trailers into the head would believe them unchecked.
public final class RequestTrailers {
    private static final Set<String> NAMES = Set.of(
            "authorization",
            "connection",
            "cookie",
            "cookie2",
            "early-data",
            "expect",
            "forwarded",
            "from",
            "host",
            "http2-settings",
            "keep-alive",
            "location",
            "max-forwards",
            "origin",
            "prefer",
            "range",
            "referer",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "vary",
            "via",
            "www-authenticate",
            "date",
            "expires",
            "age",
            "pragma",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "content-location",
            "client-ip",
            "true-client-ip",
            "x-api-key",
            "x-client-ip",
            "x-real-ip",
            "x-original-url",
            "x-rewrite-url");
    private static final List<String> PREFIXES =
            List.of("accept", "if-", "proxy-", "sec-", "x-forwarded", "x-http-method", "x-method", "cf-connecting");

    private RequestTrailers() {}

    /// Leaves those that anybody may send.
    ///
    /// @param identifying the name of the field by which callers are known
    public static void strip(HttpHeaders trailers, String identifying) {
        for (String name : Set.copyOf(trailers.names())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (NAMES.contains(lower)
                    || lower.indexOf('_') >= 0
                    || lower.equalsIgnoreCase(identifying)
                    || PREFIXES.stream().anyMatch(lower::startsWith)) {
                trailers.remove(name);
            }
        }
    }
}
