package dev.tactus.serve.signin;

import java.util.Locale;

/// What a person may do; each role includes those before it.
public enum Role {
    LOOK,
    DECIDE,
    CLOSE;

    /// As it is written in the configuration.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
