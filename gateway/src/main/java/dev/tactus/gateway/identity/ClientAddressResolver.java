package dev.tactus.gateway.identity;

import dev.tactus.gateway.http.ForwardedHeaders;
import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.network.ForwardedField;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the address a request came from: the peer's, or, as long as trusted proxies vouch for it, the one they saw.
///
/// Of `Forwarded` (RFC 7239) and `X-Forwarded-For` the one that the proxies write is read, from the right, where the
/// nearest has written; the first address that is no trusted proxy's is the caller's, whatever stands left of it.
final class ClientAddressResolver {
    private ClientAddressResolver() {}

    static InetAddress of(InetAddress peer, HttpHeaders headers, List<CidrBlock> trusted, ForwardedField believed) {
        if (trusted.isEmpty() || !isTrusted(peer, trusted)) {
            return peer;
        }
        List<String> hops = hops(headers, believed);
        InetAddress known = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(known, trusted); i--) {
            Optional<InetAddress> hop = address(hops.get(i));
            if (hop.isEmpty()) {
                return known; // hidden or unknown: nothing beyond it can be told
            }
            known = hop.get();
        }
        return known;
    }

    private static boolean isTrusted(InetAddress address, List<CidrBlock> trusted) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static List<String> hops(HttpHeaders headers, ForwardedField believed) {
        List<String> hops = new ArrayList<>();
        switch (believed) {
            case FORWARDED ->
                headers.getAll(ForwardedHeaders.FORWARDED)
                        .forEach(line -> parts(line, ',').forEach(element -> hops.add(forOf(element))));
            case X_FORWARDED_FOR ->
                headers.getAll(ForwardedHeaders.X_FORWARDED_FOR)
                        .forEach(line -> hops.addAll(List.of(line.split(",", -1))));
        }
        return hops;
    }

    private static String forOf(String element) {
        for (String pair : parts(element, ';')) {
            String trimmed = pair.strip();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("for=")) {
                return trimmed.substring(4).replace("\"", "");
            }
        }
        return "";
    }

    /// What separators part, quoted strings left whole: a proxy quotes in them what a caller has sent.
    private static List<String> parts(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// `192.0.2.1`, `192.0.2.1:4711`, `[2001:db8::1]:4711`, `2001:db8::1`.
    private static Optional<InetAddress> address(String node) {
        String text = node.strip();
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            text = close < 0 ? "" : text.substring(1, close);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        return CidrBlock.literal(text);
    }

    /// The token of `Authorization: Bearer …`.
    static Optional<String> bearer(HttpHeaders headers) {
        String value = headers.get(HttpHeaderNames.AUTHORIZATION);
        return value != null && value.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(value.substring(7).strip())
                : Optional.empty();
    }
}
