package dev.tactus.music;

/// How many people of one age and gender heard a track in a territory on a day.
///
/// @param territory as the service names it
/// @param age a range as the service writes it, e.g. 18-22
/// @param gender as the service writes it
/// @param listeners 0 or more
public record Demographic(String territory, String age, String gender, long listeners) {
    public Demographic {
        TerritoryCounts.check(territory, listeners);
        if (age.isBlank() || gender.isBlank()) {
            throw new IllegalArgumentException("a demographic of " + territory + " lacks its age or gender");
        }
    }
}
