package dev.tactus.ledger;

import dev.tactus.music.Isrc;
import dev.tactus.music.Track;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What each source said a recording is when it was last asked.
public final class SeenTracks {
    SeenTracks() {}

    /// Takes the place of what was known of these recordings.
    public void record(String source, Map<Isrc, List<Track>> tracks) {
        throw new UnsupportedOperationException();
    }

    /// What was last seen of these; recordings never seen are left out.
    public Map<Isrc, List<Track>> find(String source, Collection<Isrc> isrcs) {
        throw new UnsupportedOperationException();
    }
}
