package dev.tactus.ingest;

import dev.tactus.music.Isrc;
import dev.tactus.source.Reading;
import dev.tactus.source.TrackRef;
import java.util.ArrayList;
import java.util.List;

/// One recording of a batch: what is known of its tracks already and which are asked for.
///
/// @param second whether the wanted tracks were missing the first time
record Asking(Isrc isrc, List<Sourced> known, List<TrackRef> wanted, boolean second) {
    Asking {
        known = List.copyOf(known);
        wanted = List.copyOf(wanted);
    }

    static Asking first(Isrc isrc, List<TrackRef> tracks) {
        return new Asking(isrc, List.of(), tracks, false);
    }

    /// All tracks with their readings, now that the wanted ones have some.
    List<Sourced> with(List<Sourced> readings) {
        List<Sourced> all = new ArrayList<>(known);
        all.addAll(readings);
        return all;
    }

    /// Asks once more for what is missing.
    static Asking again(Isrc isrc, List<Sourced> readings) {
        return new Asking(
                isrc,
                readings.stream().filter(sourced -> !missing(sourced)).toList(),
                readings.stream().filter(Asking::missing).map(Sourced::asked).toList(),
                true);
    }

    static boolean missing(Sourced sourced) {
        return sourced.reading() instanceof Reading.Missing;
    }
}
