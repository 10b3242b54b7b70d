package dev.tactus.gateway.admin;

import java.util.Optional;

/// Is told what an admin has changed, so that other gateways follow.
@FunctionalInterface
public interface ChangeListener {
    String APPLICATIONS = "applications";
    String KEYS = "keys";
    String STANDINGS = "standings";

    /// Something is another from now on.
    ///
    /// @param value nothing where it was taken away
    void changed(String book, String id, Optional<String> value);
}
