package dev.tactus.gateway.network;

import java.nio.file.Path;

/// The certificate chain and private key (PEM, PKCS 8) that the gateway shows its callers. HTTP/2 is offered by ALPN.
public record TlsSettings(Path certificate, Path key) {}
