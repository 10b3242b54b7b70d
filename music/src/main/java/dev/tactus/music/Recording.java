package dev.tactus.music;

import dev.tactus.music.identifiers.Isrc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of the label's catalog: what the label says a recording is. Only the ISRC is always there.
///
/// @param artists the credit, split; empty where the catalog doesn't say
/// @param artistCredit the credit as written
/// @param durationMs in milliseconds, 0 or more
/// @param upc as written
/// @param releaseDate as written
/// @param territories as written; empty where the catalog doesn't say
/// @param priority larger is fetched earlier
public record Recording(
        Isrc isrc,
        @Nullable String title,
        List<String> artists,
        @Nullable String artistCredit,
        @Nullable Long durationMs,
        @Nullable String upc,
        @Nullable Boolean explicit,
        @Nullable String label,
        @Nullable String releaseDate,
        List<String> territories,
        int priority) {
    public Recording {
        if (durationMs != null && durationMs < 0) {
            throw new IllegalArgumentException("the duration of " + isrc + " is negative: " + durationMs + " ms");
        }
        artists = List.copyOf(artists);
        territories = List.copyOf(territories);
    }

    /// A recording of which nothing but its ISRC is known.
    public static Recording of(Isrc isrc) {
        return new Recording(isrc, null, List.of(), null, null, null, null, null, null, List.of(), 0);
    }
}
