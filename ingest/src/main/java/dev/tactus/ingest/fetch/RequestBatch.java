package dev.tactus.ingest.fetch;

import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.RequestedTrack;
import java.util.List;

/// What one worker takes on at once: recordings whose tracks fit into one call (one recording alone may need several),
/// and recordings that need none because the source is known not to have them.
record RequestBatch(List<RecordingRequest> askings, List<Isrc> absent) {
    RequestBatch {
        askings = List.copyOf(askings);
        absent = List.copyOf(absent);
    }

    List<RequestedTrack> wanted() {
        return askings.stream().flatMap(asking -> asking.wanted().stream()).toList();
    }
}
