package dev.tactus.lake.rest;

import dev.tactus.digest.Sha256;
import java.net.InetSocketAddress;
import java.util.Map;

/// How a catalog is offered.
///
/// @param listen port 0: any free one
/// @param token the digest of the token that clients have to send
/// @param writable whether clients may change tables, and make some of their own
/// @param clients what clients are told to work with unless they say otherwise, such as the address of S3
public record CatalogServerSettings(
        InetSocketAddress listen, Sha256 token, boolean writable, Map<String, String> clients) {
    public CatalogServerSettings {
        clients = Map.copyOf(clients);
    }
}
