package dev.tactus.gateway;

import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import java.util.Optional;

/// A configuration made ready for the data path. An exchange keeps the one it began with; a reload brings another.
///
/// @param tls for callers' connections
record Setup(GatewaySettings settings, Callers callers, Policy policy, Target target, Optional<SslContext> tls) {
    /// The upstream and how it is reached.
    ///
    /// @param authority what `Host` says to it
    record Target(Upstream upstream, AsciiString authority, UpstreamAddress address, Optional<SslContext> tls) {
        Target(Upstream upstream, UpstreamAddress address, Optional<SslContext> tls) {
            this(upstream, AsciiString.of(upstream.authority()), address, tls);
        }
    }
}
