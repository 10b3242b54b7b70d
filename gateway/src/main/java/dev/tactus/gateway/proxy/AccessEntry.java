package dev.tactus.gateway.proxy;

import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.tracing.RequestSpan;
import dev.tactus.gateway.tracing.RequestTracer;
import dev.tactus.gateway.usage.AccessLog;
import dev.tactus.gateway.usage.AccessRecord;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private final RequestTracer tracer;
    private final RequestTracer.@Nullable TracePlace place;
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
            RuntimeConfig config,
            HttpRequest request,
            RequestIdentity identity,
            InetAddress address,
            String protocol,
            long now) {
        log = config.accessLog();
        tracer = config.tracer();
        place = tracer.isOn() ? tracer.begin(request.headers()) : null;
        this.address = address;
        this.protocol = protocol;
        begun = now;
        application =
                identity instanceof RequestIdentity.Application known ? Optional.of(known.id()) : Optional.empty();
        method = shortened(request.method().name());
        int query = request.uri().indexOf('?');
        // a query may hold a key
        path = shortened(query < 0 ? request.uri() : request.uri().substring(0, query));
        upstream = Optional.of(config.settings().name()).filter(name -> !name.isEmpty());
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
        return config.accessLog().isOn() || config.tracer().isOn()
                ? new AccessEntry(
                        config,
                        request,
                        identity,
                        client.address(),
                        client.isHttp2() ? "HTTP/2" : request.protocolVersion().text(),
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
        if (place != null && place.context().sampled()) {
            tracer.ended(span(place, now));
        }
        if (log.isOn() && log.wants(status)) {
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

    private RequestSpan span(RequestTracer.TracePlace at, long now) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("url.path", path);
        attributes.put("network.protocol.version", protocol.substring(protocol.indexOf('/') + 1));
        attributes.put("client.address", address.getHostAddress());
        agent.ifPresent(text -> attributes.put("user_agent.original", text));
        attributes.put("http.response.body.size", bytes);
        application.ifPresent(id -> attributes.put("tactus.application", id));
        upstream.ifPresent(name -> attributes.put("tactus.upstream", name));
        attributes.put("tactus.answered_by", own ? "gateway" : "upstream");
        attributes.put("tactus.queued_ms", millis((sentOn == 0 ? now : sentOn) - begun));
        return new RequestSpan(
                at.context(),
                at.parent(),
                method,
                begun,
                now,
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                attributes);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
