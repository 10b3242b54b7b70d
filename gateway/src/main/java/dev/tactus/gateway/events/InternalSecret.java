package dev.tactus.gateway.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// What the gateway's parts know each other by on this machine: made at each start and told to nobody else.
///
/// @param value 64 digits
public record InternalSecret(String value) {
    /// The field that carries it; taken away from whatever comes from outside.
    public static final String FIELD = "x-tactus-internal";
    /// The field that says which application a request to the events' server comes from.
    public static final String APPLICATION = "x-tactus-application";

    public static InternalSecret make() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new InternalSecret(HexFormat.of().formatHex(bytes));
    }

    /// Whether a field holds it; takes the same time wherever they differ.
    public boolean is(String text) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "InternalSecret[***]";
    }
}
