package dev.tactus.ingest.fetch;

import dev.tactus.ingest.landing.FetchedTrack;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.TrackOutcome;
import java.util.ArrayList;
import java.util.List;

/// One recording of a batch: what is known of its tracks already and which are asked for.
///
/// @param second whether the wanted tracks were missing the first time
record RecordingRequest(Isrc isrc, List<FetchedTrack> known, List<RequestedTrack> wanted, boolean second) {
    RecordingRequest {
        known = List.copyOf(known);
        wanted = List.copyOf(wanted);
    }

    static RecordingRequest first(Isrc isrc, List<RequestedTrack> tracks) {
        return new RecordingRequest(isrc, List.of(), tracks, false);
    }

    /// All tracks with their readings, now that the wanted ones have some.
    List<FetchedTrack> with(List<FetchedTrack> readings) {
        List<FetchedTrack> all = new ArrayList<>(known);
        all.addAll(readings);
        return all;
    }

    /// Asks once more for what is missing.
    static RecordingRequest again(Isrc isrc, List<FetchedTrack> readings) {
        return new RecordingRequest(
                isrc,
                readings.stream().filter(sourced -> !missing(sourced)).toList(),
                readings.stream()
                        .filter(RecordingRequest::missing)
                        .map(FetchedTrack::asked)
                        .toList(),
                true);
    }

    static boolean missing(FetchedTrack sourced) {
        return sourced.reading() instanceof TrackOutcome.Missing;
    }
}
