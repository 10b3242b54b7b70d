package dev.tactus.ingest;

import dev.tactus.music.Isrc;
import dev.tactus.source.TrackRef;
import java.util.List;

/// What one worker takes on at once: recordings whose tracks fit into one call (one recording alone may need several),
/// and recordings that need none because the source is known not to have them.
record Batch(List<Asking> askings, List<Isrc> absent) {
    Batch {
        askings = List.copyOf(askings);
        absent = List.copyOf(absent);
    }

    List<TrackRef> wanted() {
        return askings.stream().flatMap(asking -> asking.wanted().stream()).toList();
    }
}
