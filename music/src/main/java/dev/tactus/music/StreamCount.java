package dev.tactus.music;

/// How often a track was streamed in a territory on a day.
///
/// @param territory as the service names it
/// @param streams 0 or more
public record StreamCount(String territory, long streams) {
    public StreamCount {
        TerritoryCounts.check(territory, streams);
    }
}
