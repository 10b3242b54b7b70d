package dev.tactus.gateway.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// Knows whom the admin's addresses are open to: who sends the token of TACTUS_ADMIN_TOKEN. Without one to nobody.
///
/// Only hashes are compared, in constant time. Immutable; it doesn't tell the token.
public final class AdminToken {
    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> hash;

    private AdminToken(Optional<byte[]> hash) {
        this.hash = hash;
    }

    public static AdminToken of(Optional<String> token) {
        return new AdminToken(token.filter(text -> !text.isBlank()).map(AdminToken::hash));
    }

    /// Why the request is not answered, if it is not.
    Optional<AdminResponse> refusal(Optional<String> authorization) {
        if (hash.isEmpty()) {
            return Optional.of(AdminResponse.error(
                    403, "closed: set TACTUS_ADMIN_TOKEN in the gateway's environment and start it again"));
        }
        boolean right = authorization
                .filter(text -> text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(text -> MessageDigest.isEqual(
                        hash(text.substring(SCHEME.length()).strip()), hash.get()))
                .orElse(false);
        return right
                ? Optional.empty()
                : Optional.of(AdminResponse.error(401, "send the header Authorization: Bearer $TACTUS_ADMIN_TOKEN")
                        .with("WWW-Authenticate", "Bearer"));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
