package dev.tactus.source.profile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What the operator proves with who is asking: values by the names that a profile's `auth` has for them.
///
/// Its `toString` shows names only, so that a record holding it may be logged.
public final class Credentials {
    private final Map<String, String> values;
    private final boolean stand;

    private Credentials(Map<String, String> values, boolean stand) {
        values.forEach((name, value) -> {
            if (value.isBlank()) {
                throw new IllegalArgumentException(name + " is blank");
            }
        });
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.stand = stand;
    }

    /// These values by name.
    public static Credentials of(Map<String, String> values) {
        return new Credentials(values, false);
    }

    /// A client id and its secret.
    public static Credentials client(String id, String secret) {
        return of(Map.of("client_id", id, "client_secret", secret));
    }

    /// Stands in where nobody is called: has every name, and no secret.
    public static Credentials ofNobody() {
        return new Credentials(Map.of(), true);
    }

    public Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return stand || values.containsKey(name);
    }

    /// The value of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public String get(String name) {
        String value = stand ? "nobody" : values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + name + " among the credentials");
        }
        return value;
    }

    /// What tells these credentials at this place from others, and them to nobody.
    ///
    /// @param key of the digest: the same where the same digest is wanted
    public String digest(String key, String place) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            List<String> texts = new ArrayList<>(List.of(place));
            new TreeMap<>(values).forEach((name, value) -> texts.addAll(List.of(name, value)));
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal(), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "Credentials" + values.keySet();
    }
}
