package dev.tactus.gateway.pace;

import dev.tactus.digest.Sha256;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/// What stands for a request's token where the token itself must not be kept.
final class TokenDigest {
    /// Of a request that has none.
    static final String NONE = "(none)";

    private static final int DIGITS = 32;

    private TokenDigest() {}

    /// The first 32 digits of the SHA-256 of the field `Authorization`.
    static String of(HttpHeaders headers) {
        List<String> values = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        return values.isEmpty()
                ? NONE
                : Sha256.of(String.join("\n", values)).hex().substring(0, DIGITS);
    }
}
