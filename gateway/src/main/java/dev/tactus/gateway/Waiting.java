package dev.tactus.gateway;

import java.time.Duration;

/// How requests wait in pace mode.
///
/// @param patience how long, where the caller doesn't say with `Prefer: wait=N`
/// @param queue how many may wait at once
public record Waiting(Duration patience, int queue) {
    public static final Waiting DEFAULTS = new Waiting(Duration.ofSeconds(60), 10_000);
}
