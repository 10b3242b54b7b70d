package dev.tactus.gateway.upstream;

import dev.tactus.gateway.network.Upstream;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import java.util.Optional;

/// The upstream and how it is reached.
///
/// @param authority what `Host` says to it
public record UpstreamTarget(
        Upstream upstream, AsciiString authority, UpstreamResolver resolver, Optional<SslContext> tls) {
    public UpstreamTarget(Upstream upstream, UpstreamResolver resolver, Optional<SslContext> tls) {
        this(upstream, AsciiString.of(upstream.authority()), resolver, tls);
    }
}
