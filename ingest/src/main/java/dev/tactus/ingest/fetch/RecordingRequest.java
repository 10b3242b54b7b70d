package dev.tactus.ingest.fetch;

import dev.tactus.ingest.landing.FetchedTrack;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.TrackOutcome;
import java.util.ArrayList;
import java.util.List;

/// One recording of a batch: the tracks that are known already and those to request.
///
/// @param retry whether the wanted tracks were missing the first time
record RecordingRequest(Isrc isrc, List<FetchedTrack> known, List<RequestedTrack> wanted, boolean retry) {
    RecordingRequest {
        known = List.copyOf(known);
        wanted = List.copyOf(wanted);
    }

    static RecordingRequest first(Isrc isrc, List<RequestedTrack> tracks) {
        return new RecordingRequest(isrc, List.of(), tracks, false);
    }

    /// All tracks, now that the wanted ones have come, too.
    List<FetchedTrack> with(List<FetchedTrack> tracks) {
        List<FetchedTrack> all = new ArrayList<>(known);
        all.addAll(tracks);
        return all;
    }

    /// Requests once more what is missing.
    static RecordingRequest retry(Isrc isrc, List<FetchedTrack> tracks) {
        return new RecordingRequest(
                isrc,
                tracks.stream().filter(track -> !missing(track)).toList(),
                tracks.stream()
                        .filter(RecordingRequest::missing)
                        .map(FetchedTrack::requested)
                        .toList(),
                true);
    }

    static boolean missing(FetchedTrack track) {
        return track.outcome() instanceof TrackOutcome.Missing;
    }
}
