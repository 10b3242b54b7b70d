package dev.tactus.gateway.http;

import dev.tactus.gateway.config.RequestSizeLimits;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which requests are forwarded at all: those that every reader understands in the same way, and that ask for nothing
/// but an answer.
public final class RequestRules {
    public static final HttpProblem BODY_LATE = HttpProblem.closing(
            HttpResponseStatus.REQUEST_TIMEOUT, "the rest of the request's body did not arrive in time");

    private static final List<CharSequence> WHO = List.of(
            HttpHeaderNames.AUTHORIZATION,
            HttpHeaderNames.COOKIE,
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-real-ip");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private RequestRules() {}

    /// Why a request isn't forwarded, if it isn't. One in absolute form gets its origin form and its host.
    public static Optional<HttpProblem> check(HttpRequest request, RequestSizeLimits sizes, boolean http2) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(unreadable(request.decoderResult().cause(), sizes));
        }
        HttpHeaders headers = request.headers();
        if (!http2) {
            Optional<HttpProblem> framing = framing(request, headers);
            if (framing.isPresent()) {
                return framing;
            }
        }
        Optional<HttpProblem> target = target(request);
        if (target.isPresent()) {
            return target;
        }
        Optional<HttpProblem> path = PathSyntax.problem(request.uri()).map(RequestRules::bad);
        if (path.isPresent()) {
            return path;
        }
        return length(headers, sizes);
    }

    /// Drops fields whose names have an underscore: servers that hand fields on as variables take `X_Api_Key` for
    /// `X-Api-Key`, so that a caller could say twice who it is.
    ///
    /// @param identifying the name of the field by which callers are known, which may have one
    public static void dropUnderscored(HttpHeaders headers, String identifying) {
        List<String> dropped = List.of();
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            CharSequence name = fields.next().getKey();
            if (hasUnderscore(name) && !AsciiString.contentEqualsIgnoreCase(name, identifying)) {
                dropped = new ArrayList<>(dropped);
                dropped.add(name.toString());
            }
        }
        dropped.forEach(headers::remove);
    }

    private static boolean hasUnderscore(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '_') {
                return true;
            }
        }
        return false;
    }

    /// Refuses a field that says who the caller is a second time: one reader would take the first, the next the last.
    public static Optional<HttpProblem> identifiesOnce(HttpHeaders headers, String identifying) {
        return moreThanOne(headers, HttpHeaderNames.AUTHORIZATION)
                .or(() -> identifying.isEmpty() ? Optional.empty() : moreThanOne(headers, identifying));
    }

    /// Refuses a `Connection` that names a field which says who the caller is: such a field is for all recipients (RFC
    /// 9110, section 7.6.1, forbids to name it), and would be taken away once it had been believed.
    public static Optional<HttpProblem> connectionNamesNobody(HttpHeaders headers, String identifying) {
        Iterator<? extends CharSequence> lines = headers.valueCharSequenceIterator(HttpHeaderNames.CONNECTION);
        while (lines.hasNext()) {
            CharSequence line = lines.next();
            if (HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(line)
                    || HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(line)) {
                continue;
            }
            for (String each : line.toString().split(",", -1)) {
                String name = each.strip();
                if (!name.isEmpty() && (name.equalsIgnoreCase(identifying) || tellsWho(name))) {
                    return Optional.of(bad("Connection names " + name + ", which is not about this connection"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean tellsWho(String name) {
        for (CharSequence each : WHO) {
            if (AsciiString.contentEqualsIgnoreCase(each, name)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<HttpProblem> moreThanOne(HttpHeaders headers, CharSequence name) {
        Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(name);
        if (values.hasNext()) {
            values.next();
            if (values.hasNext()) {
                return Optional.of(bad("expected one " + name + " field, found several"));
            }
        }
        return Optional.empty();
    }

    public static HttpProblem unreadable(Throwable cause, RequestSizeLimits sizes) {
        return switch (cause) {
            case TooLongHttpLineException line ->
                HttpProblem.closing(
                        HttpResponseStatus.REQUEST_URI_TOO_LONG,
                        "the request line is longer than " + sizes.requestLine() + " bytes");
            case TooLongHttpHeaderException fields ->
                HttpProblem.closing(
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        "the header fields are larger than " + sizes.headers() + " bytes in total");
            default -> bad(String.valueOf(cause.getMessage()));
        };
    }

    private static Optional<HttpProblem> framing(HttpRequest request, HttpHeaders headers) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Optional.of(HttpProblem.closing(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                    "supported versions are HTTP/1.0, HTTP/1.1 and HTTP/2"));
        }
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
            if (version.equals(HttpVersion.HTTP_1_0)) {
                return Optional.of(bad("HTTP/1.0 has no Transfer-Encoding"));
            }
            if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                return Optional.of(bad("ambiguous: Content-Length and Transfer-Encoding contradict each other"));
            }
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
                return Optional.of(HttpProblem.closing(
                        HttpResponseStatus.NOT_IMPLEMENTED, "the only supported Transfer-Encoding is chunked, once"));
            }
        }
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))) {
            return Optional.of(bad("expected exactly one Host field, found " + hosts));
        }
        if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)) {
            return Optional.of(bad("this obsolete kind of websocket handshake is not supported"));
        }
        if (headers.contains(HttpHeaderNames.UPGRADE)
                && headers.getAll(HttpHeaderNames.UPGRADE).stream().noneMatch(each -> each.equalsIgnoreCase("h2c"))) {
            return Optional.of(HttpProblem.closing(
                    HttpResponseStatus.NOT_IMPLEMENTED,
                    "upgrading connections is not supported (websocket and the" + " like)"));
        }
        return Optional.empty();
    }

    private static Optional<HttpProblem> target(HttpRequest request) {
        if (request.method().equals(HttpMethod.CONNECT)) {
            return Optional.of(
                    HttpProblem.closing(HttpResponseStatus.NOT_IMPLEMENTED, "tunnels (CONNECT) are not supported"));
        }
        String target = request.uri();
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 127 || c == '#') {
                return Optional.of(bad("the target contains a character that must be percent-encoded"));
            }
        }
        if (!target.startsWith("/")) {
            if (target.equals("*") && request.method().equals(HttpMethod.OPTIONS)) {
                return Optional.empty();
            }
            String lower = target.length() > 8 ? target.substring(0, 8).toLowerCase(java.util.Locale.ROOT) : "";
            int authority = lower.startsWith("http://") ? 7 : lower.equals("https://") ? 8 : -1;
            if (authority < 0) {
                return Optional.of(bad("the target is neither a path nor an http URL"));
            }
            int path = target.indexOf('/', authority);
            int query = target.indexOf('?', authority);
            int end = path < 0 ? (query < 0 ? target.length() : query) : query < 0 ? path : Math.min(path, query);
            request.headers().set(HttpHeaderNames.HOST, target.substring(authority, end));
            String rest = target.substring(end);
            request.setUri(rest.startsWith("/") ? rest : "/" + rest);
        }
        String host = request.headers().get(HttpHeaderNames.HOST);
        if (host != null && !HostSyntax.matches(host)) {
            return Optional.of(bad("the Host field is not a host with an optional port"));
        }
        return Optional.empty();
    }

    private static Optional<HttpProblem> length(HttpHeaders headers, RequestSizeLimits sizes) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length == null) {
            return Optional.empty();
        }
        if (!LENGTH.matcher(length).matches()) {
            return Optional.of(bad("Content-Length is not a number"));
        }
        return Long.parseLong(length) > sizes.body() ? Optional.of(tooLarge(sizes)) : Optional.empty();
    }

    public static HttpProblem tooLarge(RequestSizeLimits sizes) {
        return HttpProblem.closing(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is larger than " + sizes.body() + " bytes");
    }

    /// Whether the request has a body, or at least may have one.
    static boolean hasBody(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null ? !length.equals("0") : HttpUtil.isTransferEncodingChunked(request);
    }

    private static HttpProblem bad(String detail) {
        return HttpProblem.closing(HttpResponseStatus.BAD_REQUEST, detail);
    }
}
