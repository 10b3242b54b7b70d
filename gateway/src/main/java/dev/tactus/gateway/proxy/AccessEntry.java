package dev.tactus.gateway.proxy;

import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.usage.AccessLog;
import dev.tactus.gateway.usage.AccessRecord;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the access log will say of an exchange, noted while it happens. Used on its loop only.
final class AccessEntry {
    /// W3C Trace Context, version 00 and later.
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final int LONGEST = 512;

    private final AccessLog log;
    private final long begun;
    private final Optional<String> application;
    private final String method;
    private final String path;
    private final String protocol;
    private final Optional<String> upstream;
    private final Optional<String> agent;
    private final Optional<String> trace;
    private final InetAddress address;
    private long sentOn;
    private int status;
    private boolean own;
    private long bytes;

    private AccessEntry(
            AccessLog log,
            HttpRequest request,
            RequestIdentity identity,
            InetAddress address,
            String protocol,
            String upstream,
            long now) {
        this.log = log;
        this.address = address;
        this.protocol = protocol;
        begun = now;
        application =
                identity instanceof RequestIdentity.Application known ? Optional.of(known.id()) : Optional.empty();
        method = shortened(request.method().name());
        int query = request.uri().indexOf('?');
        // a query may hold a key
        path = shortened(query < 0 ? request.uri() : request.uri().substring(0, query));
        this.upstream = Optional.of(upstream).filter(name -> !name.isEmpty());
        agent = field(request, HttpHeaderNames.USER_AGENT).map(AccessEntry::shortened);
        trace = field(request, "traceparent")
                .map(TRACE::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1));
    }

    private static Optional<String> field(HttpRequest request, CharSequence name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /// One for a new exchange, if anybody wants to know.
    static @Nullable AccessEntry of(
            RuntimeConfig config, HttpRequest request, RequestIdentity identity, ClientConnection client, long now) {
        AccessLog log = config.accessLog();
        return log.isOn()
                ? new AccessEntry(
                        log,
                        request,
                        identity,
                        client.address(),
                        client.isHttp2() ? "HTTP/2" : request.protocolVersion().text(),
                        config.settings().name(),
                        now)
                : null;
    }

    void sentOn(long now) {
        sentOn = now;
    }

    /// @param byTheGateway whether the answer is the gateway's own
    void answered(int code, boolean byTheGateway) {
        status = code;
        own = byTheGateway;
    }

    void passed(int length) {
        bytes += length;
    }

    void ended(long now, boolean whole) {
        if (log.wants(status)) {
            log.write(new AccessRecord(
                    log.now(),
                    address.getHostAddress(),
                    application,
                    method,
                    path,
                    protocol,
                    status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                    own,
                    own || whole,
                    bytes,
                    millis(now - begun),
                    millis((sentOn == 0 ? now : sentOn) - begun),
                    upstream,
                    agent,
                    trace));
        }
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
