package dev.tactus.gateway;

import java.util.Map;

/// How every application stands, to be asked at each request: one volatile read and a look-up, never a lock.
///
/// Applications that nothing is held against are not in it. Thread-safe.
public final class Standings {
    private volatile Map<String, Standing> others = Map.of();

    public Standing of(String application) {
        return others.getOrDefault(application, Standing.NORMAL);
    }

    /// Takes the place of all that was said before.
    void set(Map<String, Standing> standings) {
        others = Map.copyOf(standings);
    }
}
