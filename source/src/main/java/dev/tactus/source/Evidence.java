package dev.tactus.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// Makes the record of a request and its answer.
final class Evidence {

    private Evidence() {}

    static Exchange of(String endpoint, String request, Transport.Answer answer, Instant at) {
        return new Exchange(endpoint, request, answer.status(), at, answer.body(), sha256(answer.body()));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
