package dev.tactus.music.drift;

import dev.tactus.music.Artist;
import dev.tactus.music.Recording;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tracks and recordings for tests.
final class SampleTracks {
    static final Isrc ISRC = new Isrc("USUM72409273");

    private SampleTracks() {}

    static Track track(String id, String title, String artists, long durationMs, @Nullable Boolean explicit) {
        return new Track(id, ISRC, title, artists(artists), durationMs, explicit, null, null, null);
    }

    static Track track(String id) {
        return track(id, "Song", "Falco", 251_667, false);
    }

    static Recording recording(
            @Nullable String title, @Nullable String artists, @Nullable Long durationMs, @Nullable Boolean explicit) {
        List<String> names = artists == null ? List.of() : Arrays.asList(artists.split(";", -1));
        return new Recording(ISRC, title, names, artists, durationMs, null, explicit, null, null, List.of(), 0);
    }

    private static List<Artist> artists(String names) {
        return Arrays.stream(names.split(";", -1))
                .map(name -> new Artist(null, name))
                .toList();
    }
}
