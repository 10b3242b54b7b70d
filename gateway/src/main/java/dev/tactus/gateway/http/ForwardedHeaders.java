package dev.tactus.gateway.http;

import dev.tactus.gateway.network.ForwardedField;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.net.Inet6Address;
import java.net.InetAddress;

/// Tells the upstream whom a request came from: one more element of `Forwarded` (RFC 7239), and of `X-Forwarded-For`
/// for those that know only that.
///
/// What proxies before wrote stays, since they are read from the right. The other `X-Forwarded-` fields don't say who
/// wrote them, so they pass only from a trusted proxy. One for each connection; not thread-safe.
public final class ForwardedHeaders {
    public static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    public static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString X_FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
    private static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString X_FORWARDED_PORT = AsciiString.cached("x-forwarded-port");
    private static final AsciiString X_REAL_IP = AsciiString.cached("x-real-ip");

    private final AsciiString address;
    private final String node;
    private final String scheme;
    private String lastHost = "";
    private AsciiString element = AsciiString.EMPTY_STRING;

    public ForwardedHeaders(InetAddress peer, boolean tls) {
        String text = peer.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        address = AsciiString.of(bare);
        node = peer instanceof Inet6Address ? "\"[" + bare + "]\"" : bare;
        scheme = tls ? "https" : "http";
    }

    /// Adds what this hop knows.
    ///
    /// @param believed the field that trusted proxies write; what else came through them anybody may have written
    public void add(HttpHeaders headers, String host, boolean fromTrustedProxy, ForwardedField believed) {
        if (fromTrustedProxy) {
            headers.remove(believed == ForwardedField.FORWARDED ? X_FORWARDED_FOR : FORWARDED);
        } else {
            headers.remove(X_FORWARDED_HOST);
            headers.remove(X_FORWARDED_PROTO);
            headers.remove(X_FORWARDED_PORT);
            headers.remove(X_REAL_IP);
        }
        headers.add(FORWARDED, element(host));
        headers.add(X_FORWARDED_FOR, address);
    }

    private AsciiString element(String host) {
        if (element.isEmpty() || !host.equals(lastHost)) {
            lastHost = host;
            element = new AsciiString(
                    "for=" + node + (host.isEmpty() ? "" : ";host=" + value(host)) + ";proto=" + scheme);
        }
        return element;
    }

    /// A token as it is, anything else as a quoted string.
    private static String value(String text) {
        boolean token = text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
        return token ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
