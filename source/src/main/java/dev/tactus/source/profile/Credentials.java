package dev.tactus.source.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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

    @Override
    public String toString() {
        return "Credentials" + values.keySet();
    }
}
