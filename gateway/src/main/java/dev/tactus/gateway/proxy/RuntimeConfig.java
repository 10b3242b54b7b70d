package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.identity.ClientAuthenticator;
import dev.tactus.gateway.tracing.RequestTracer;
import dev.tactus.gateway.upstream.UpstreamTarget;
import dev.tactus.gateway.usage.AccessLog;
import dev.tactus.gateway.usage.PollingDetector;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Optional;

/// A configuration made ready for the data path. An exchange keeps the one it began with; a reload brings another.
///
/// @param tls for clients' connections
/// @param polling is told who asks for what
/// @param tracer makes spans of requests
/// @param accessLog what became of each request is written there
/// @param routing which upstream a request is for, where there are several; this is the first one's
/// @param events where requests about subscriptions go, where there are any
public record RuntimeConfig(
        GatewaySettings settings,
        ClientAuthenticator authenticator,
        TrafficPolicy policy,
        UpstreamTarget target,
        Optional<SslContext> tls,
        PollingDetector polling,
        RequestTracer tracer,
        AccessLog accessLog,
        Optional<EventRoute> events,
        Optional<UpstreamSelector> routing) {
    /// One for one upstream.
    public RuntimeConfig(
            GatewaySettings settings,
            ClientAuthenticator authenticator,
            TrafficPolicy policy,
            UpstreamTarget target,
            Optional<SslContext> tls,
            PollingDetector polling,
            RequestTracer tracer,
            AccessLog accessLog,
            Optional<EventRoute> events) {
        this(settings, authenticator, policy, target, tls, polling, tracer, accessLog, events, Optional.empty());
    }

    /// The first of several.
    public RuntimeConfig with(UpstreamSelector others) {
        return new RuntimeConfig(
                settings, authenticator, policy, target, tls, polling, tracer, accessLog, events, Optional.of(others));
    }

    /// Those of all upstreams.
    public List<RuntimeConfig> all() {
        return routing.map(UpstreamSelector::configs).orElseGet(() -> List.of(this));
    }
}
