package dev.tactus.music;

import dev.tactus.music.identifiers.Isrc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a service says a recording is. One recording may have many tracks: one for each release it is on.
///
/// @param id the service's own
/// @param durationMs in milliseconds, as precise as the service is; 0 where it doesn't say
/// @param explicit absent where the service doesn't say
/// @param releaseDate as the service writes it: a day, a month or a year
public record Track(
        String id,
        Isrc isrc,
        String title,
        List<Artist> artists,
        long durationMs,
        @Nullable Boolean explicit,
        @Nullable String albumId,
        @Nullable String albumTitle,
        @Nullable String releaseDate) {
    public Track {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a track of " + isrc + " has no id");
        }
        if (durationMs < 0) {
            throw new IllegalArgumentException("the duration of track " + id + " is negative: " + durationMs + " ms");
        }
        artists = List.copyOf(artists);
    }
}
