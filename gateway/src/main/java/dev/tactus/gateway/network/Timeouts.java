package dev.tactus.gateway.network;

import java.time.Duration;
import java.util.List;

/// How long the gateway waits for others.
///
/// @param connect for a connection to the upstream, TLS included
/// @param headers for the head of a request, from its first byte (or from the connection's start) to its last; the TLS
/// handshake too
/// @param idle for the next byte of a body, either way, and for the next request on a connection kept open
/// @param request for the upstream to begin its answer, from the moment it has the request
/// @param drain for exchanges under way when the gateway is stopped
public record Timeouts(Duration connect, Duration headers, Duration idle, Duration request, Duration drain) {
    public static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));

    /// Those that exchanges and connections can run into.
    public List<Duration> all() {
        return List.of(connect, headers, idle, request);
    }
}
