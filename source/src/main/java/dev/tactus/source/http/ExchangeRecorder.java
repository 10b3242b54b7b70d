package dev.tactus.source.http;

import dev.tactus.source.response.RecordedExchange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// Makes the record of a request and its answer.
public final class ExchangeRecorder {

    private ExchangeRecorder() {}

    public static RecordedExchange of(String endpoint, String request, HttpTransport.HttpResponse answer, Instant at) {
        return new RecordedExchange(endpoint, request, answer.status(), at, answer.body(), sha256(answer.body()));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
