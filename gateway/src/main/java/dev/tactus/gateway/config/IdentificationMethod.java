package dev.tactus.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// By what a caller is known as one of the applications.
public sealed interface IdentificationMethod {
    /// The field that is looked at; empty where none is.
    default String field() {
        return switch (this) {
            case Header(String name) -> name;
            case JwtClaim claim -> "Authorization";
            case Bearer bearer -> "Authorization";
            case Address address -> "";
            case Certificate certificate -> "";
        };
    }

    /// A key in a header of that name.
    record Header(String name) implements IdentificationMethod {}

    /// A claim of the JWT in `Authorization: Bearer …`.
    ///
    /// @param keys a JWK set (RFC 7517) that the signature must fit; with neither this nor `jwksUri` it is taken
    /// at its word, which is right only behind somebody who has verified it
    /// @param jwksUri where the issuer publishes its JWK set
    /// @param issuer who must have issued it; anybody whose key fits where empty
    /// @param audience whom it must be for, one of these; anybody where empty
    record JwtClaim(
            String claim, Optional<Path> keys, Optional<URI> jwksUri, Optional<String> issuer, List<String> audience)
            implements IdentificationMethod {
        public JwtClaim {
            audience = List.copyOf(audience);
        }

        /// One that takes whatever fits the keys.
        public JwtClaim(String claim, Optional<Path> keys) {
            this(claim, keys, Optional.empty(), Optional.empty(), List.of());
        }
    }

    /// The token of `Authorization: Bearer …`.
    record Bearer() implements IdentificationMethod {}

    /// The certificate that it shows in the TLS handshake.
    record Certificate() implements IdentificationMethod {}

    /// The address it calls from; behind trusted proxies the one they saw.
    record Address() implements IdentificationMethod {}
}
