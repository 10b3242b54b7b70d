package dev.tactus.gateway.network;

import java.time.Duration;
import java.util.Optional;

/// How it is found out which addresses of an upstream can be used.
///
/// @param path what each address is asked for; only requests tell where there is none
/// @param every how often it is asked
/// @param fails so many failures in a row take an address out
/// @param eject for how long, where requests have failed
public record HealthSettings(Optional<String> path, Duration every, int fails, Duration eject) {
    /// What holds where nothing else is said.
    public static final HealthSettings DEFAULTS =
            new HealthSettings(Optional.empty(), Duration.ofSeconds(5), 3, Duration.ofSeconds(10));
}
