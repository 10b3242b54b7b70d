package dev.tactus.source.response;

import dev.tactus.music.identifiers.Isrc;

/// One track to request from a DSP: its id there and the recording it stands for.
///
/// @param id the DSP's id; the ISRC where the profile looks up by ISRC
/// @param isrc the recording the id was resolved from
public record RequestedTrack(String id, Isrc isrc) {
    public RequestedTrack {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a track id of " + isrc + " is blank");
        }
    }

    /// For a source without a resolve step, which is queried by ISRC.
    public static RequestedTrack byIsrc(Isrc isrc) {
        return new RequestedTrack(isrc.value(), isrc);
    }
}
