package dev.tactus.music;

/// What holds for each count per territory.
final class TerritoryCounts {
    private TerritoryCounts() {}

    static void check(String territory, long count) {
        if (territory.isBlank()) {
            throw new IllegalArgumentException("a count has no territory");
        }
        if (count < 0) {
            throw new IllegalArgumentException("the count of " + territory + " is negative: " + count);
        }
    }
}
