package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.identity.ClientAuthenticator;
import dev.tactus.gateway.upstream.UpstreamTarget;
import dev.tactus.gateway.usage.PollingDetector;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;

/// A configuration made ready for the data path. An exchange keeps the one it began with; a reload brings another.
///
/// @param tls for clients' connections
/// @param polling is told who asks for what
/// @param events where requests about subscriptions go, where there are any
public record RuntimeConfig(
        GatewaySettings settings,
        ClientAuthenticator authenticator,
        TrafficPolicy policy,
        UpstreamTarget target,
        Optional<SslContext> tls,
        PollingDetector polling,
        Optional<EventRoute> events) {}
