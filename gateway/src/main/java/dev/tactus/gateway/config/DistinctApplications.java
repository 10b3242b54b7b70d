package dev.tactus.gateway.config;

import dev.tactus.digest.Sha256;
import dev.tactus.settings.InvalidConfiguration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Collects applications, no two of which may have an id or a key in common. Used once, by one thread.
final class DistinctApplications {
    private final List<ApplicationSettings> all = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<Sha256> keys = new HashSet<>();

    /// Takes one more.
    ///
    /// @param bad makes a refusal that says where this one stands
    void add(ApplicationSettings application, Function<String, InvalidConfiguration> bad) {
        if (!ids.add(application.id())) {
            throw bad.apply("duplicate application id " + application.id());
        }
        for (Sha256 key : application.keySha256()) {
            if (!keys.add(key)) {
                throw bad.apply("application " + application.id() + " has the same key as another application");
            }
        }
        all.add(application);
    }

    List<ApplicationSettings> all() {
        return List.copyOf(all);
    }
}
