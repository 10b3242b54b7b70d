package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.config.Upstream;
import dev.tactus.gateway.identity.ClientAuthenticator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import java.util.Optional;

/// A configuration made ready for the data path. An exchange keeps the one it began with; a reload brings another.
///
/// @param tls for callers' connections
public record RuntimeConfig(
        GatewaySettings settings,
        ClientAuthenticator callers,
        TrafficPolicy policy,
        Target target,
        Optional<SslContext> tls) {
    /// The upstream and how it is reached.
    ///
    /// @param authority what `Host` says to it
    public record Target(Upstream upstream, AsciiString authority, UpstreamResolver address, Optional<SslContext> tls) {
        public Target(Upstream upstream, UpstreamResolver address, Optional<SslContext> tls) {
            this(upstream, AsciiString.of(upstream.authority()), address, tls);
        }
    }
}
