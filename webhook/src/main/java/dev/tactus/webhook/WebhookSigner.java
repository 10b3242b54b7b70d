package dev.tactus.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs messages per Standard Webhooks (<https://www.standardwebhooks.com>): HMAC-SHA256 over `id.timestamp.body`,
/// base 64, after `v1,`. Immutable; it never shows its secret.
public final class WebhookSigner {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final SecretKeySpec key;

    private WebhookSigner(byte[] secret) {
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /// Takes a secret as the scheme writes it: `whsec_` and 24 to 64 bytes in base 64.
    ///
    /// @throws IllegalArgumentException if it is anything else; the message doesn't repeat it
    public static WebhookSigner of(String secret) {
        if (secret.startsWith(PREFIX)) {
            try {
                byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
                if (bytes.length >= SHORTEST && bytes.length <= LONGEST) {
                    return new WebhookSigner(bytes);
                }
            } catch (IllegalArgumentException notBase64) {
                throw unusable();
            }
        }
        throw unusable();
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "a webhook secret is whsec_ followed by 24 to 64 bytes in base 64; create one with: "
                        + "echo \"whsec_$(openssl rand -base64 32)\"");
    }

    /// The headers of a signed message.
    Map<String, String> headers(String id, Instant timestamp, String body) {
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", String.valueOf(timestamp.getEpochSecond()),
                "webhook-signature", sign(id, timestamp, body));
    }

    /// The value of `webhook-signature`.
    public String sign(String id, Instant timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            String signed = id + "." + timestamp.getEpochSecond() + "." + body;
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
