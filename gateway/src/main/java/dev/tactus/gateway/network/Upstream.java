package dev.tactus.gateway.network;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// The API behind the gateway.
///
/// @param path put before each request's path; empty or starting with `/`, without a `/` at its end
/// @param trust PEM certificates to trust instead of the JDK's
/// @param verifies whether certificate and name are checked, where TLS is used
/// @param shown the certificate that the gateway shows it, and its key
public record Upstream(
        boolean tls,
        String host,
        int port,
        String path,
        Optional<Path> trust,
        boolean verifies,
        Optional<TlsSettings> shown) {
    /// One that is spoken to without TLS.
    public static Upstream plain(String host, int port) {
        return new Upstream(false, host, port, "", Optional.empty(), true, Optional.empty());
    }

    public static Upstream of(URI address, Optional<Path> trust, boolean verifies, Optional<TlsSettings> shown) {
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80;
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String host = address.getHost().replaceAll("^\\[|]$", "");
        return new Upstream(tls, host, port, path.replaceAll("/+$", ""), trust, verifies, shown);
    }

    /// As in a `Host` header.
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }
}
