package dev.tactus.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/// By what a caller is known as one of the applications.
public sealed interface IdentificationMethod {
    /// A key in a header of that name.
    record Header(String name) implements IdentificationMethod {}

    /// A claim of the JWT in `Authorization: Bearer …`.
    ///
    /// @param keys a JWK set (RFC 7517) that the signature must fit; without one the token is taken at its
    /// word, which is right only behind somebody who has verified it
    record JwtClaim(String claim, Optional<Path> keys) implements IdentificationMethod {}

    /// The token of `Authorization: Bearer …`.
    record Bearer() implements IdentificationMethod {}

    /// The address it calls from; behind trusted proxies the one they saw.
    record Address() implements IdentificationMethod {}
}
