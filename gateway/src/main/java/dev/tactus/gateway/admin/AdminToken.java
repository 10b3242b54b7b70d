package dev.tactus.gateway.admin;

import dev.tactus.digest.Sha256;
import java.util.Optional;

/// Knows whom the admin's addresses are open to: who sends the token of TACTUS_ADMIN_TOKEN. Without one to nobody.
///
/// Only digests are compared, in constant time. Immutable; it doesn't tell the token.
public final class AdminToken {
    private static final String SCHEME = "Bearer ";

    private final Optional<Sha256> digest;

    private AdminToken(Optional<Sha256> digest) {
        this.digest = digest;
    }

    public static AdminToken of(Optional<String> token) {
        return new AdminToken(token.filter(text -> !text.isBlank()).map(Sha256::of));
    }

    /// Why the request is not answered, if it is not.
    Optional<AdminResponse> refusal(Optional<String> authorization) {
        if (digest.isEmpty()) {
            return Optional.of(AdminResponse.error(
                    403, "disabled: set TACTUS_ADMIN_TOKEN in the gateway's environment and restart it"));
        }
        boolean right = authorization
                .filter(text -> text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(text -> Sha256.of(text.substring(SCHEME.length()).strip()).equals(digest.get()))
                .orElse(false);
        return right
                ? Optional.empty()
                : Optional.of(AdminResponse.error(401, "send the header Authorization: Bearer $TACTUS_ADMIN_TOKEN")
                        .with("WWW-Authenticate", "Bearer"));
    }
}
