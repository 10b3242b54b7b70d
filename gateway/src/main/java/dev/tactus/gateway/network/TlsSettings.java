package dev.tactus.gateway.network;

import java.nio.file.Path;
import java.util.Optional;

/// The certificate chain and private key (PEM, PKCS 8) that the gateway shows its callers. HTTP/2 is offered by ALPN.
///
/// @param clients the authorities (PEM) of which every client must show a certificate; where empty, none is asked for
public record TlsSettings(Path certificate, Path key, Optional<Path> clients) {}
