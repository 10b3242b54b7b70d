package dev.tactus.music;

/// How many people heard a track in a territory on a day.
///
/// @param territory as the service names it
/// @param listeners 0 or more
public record ListenerCount(String territory, long listeners) {
    public ListenerCount {
        TerritoryCounts.check(territory, listeners);
    }
}
