package dev.tactus.gateway.network;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The API behind the gateway.
///
/// @param path put before each request's path; empty or starting with `/`, without a `/` at its end
/// @param trust PEM certificates to trust instead of the JDK's
/// @param verifies whether certificate and name are checked, where TLS is used
/// @param shown the certificate that the gateway shows it, and its key
/// @param addresses where it is, unresolved; where its host's name says if there are none
/// @param health how it is found out which of its addresses can be used; all can where nothing is said
/// @param retries how often a request is sent again that has got no answer
public record Upstream(
        boolean tls,
        String host,
        int port,
        String path,
        Optional<Path> trust,
        boolean verifies,
        Optional<TlsSettings> shown,
        List<InetSocketAddress> addresses,
        Optional<HealthSettings> health,
        int retries) {
    public Upstream {
        addresses = List.copyOf(addresses);
    }

    /// One at its host, of which all is believed.
    public Upstream(
            boolean tls,
            String host,
            int port,
            String path,
            Optional<Path> trust,
            boolean verifies,
            Optional<TlsSettings> shown) {
        this(tls, host, port, path, trust, verifies, shown, List.of(), Optional.empty(), 0);
    }

    /// The same at these addresses.
    ///
    /// @param at where it is, unresolved; where its host's name says if there are none
    public Upstream with(List<InetSocketAddress> at, Optional<HealthSettings> checked, int again) {
        return new Upstream(tls, host, port, path, trust, verifies, shown, at, checked, again);
    }

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
