package dev.tactus.gateway.usage;

import dev.tactus.limits.Limit;

/// A limit as figures name it.
///
/// @param name unique within an application's plan
/// @param limit what a share is a share of
public record MeteredLimit(String name, Limit limit) {
    public MeteredLimit {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a limit that is counted needs a name");
        }
    }
}
