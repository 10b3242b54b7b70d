package dev.tactus.ingest.fetch;

import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.RequestedTrack;
import java.util.List;

/// What one worker does at once: recordings whose tracks fit into one request (one recording alone may need several),
/// and recordings that need none because the source is known not to have them.
record RequestBatch(List<RecordingRequest> requests, List<Isrc> absent) {
    RequestBatch {
        requests = List.copyOf(requests);
        absent = List.copyOf(absent);
    }

    List<RequestedTrack> wanted() {
        return requests.stream().flatMap(request -> request.wanted().stream()).toList();
    }
}
