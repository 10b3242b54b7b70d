package dev.tactus.ledger;

import dev.tactus.music.Isrc;
import java.util.Collection;
import java.util.Map;

/// The sources' own ids of recordings, kept over runs so that a second day needs no searches.
public final class Resolutions {
    Resolutions() {}

    /// Records what the source said; takes the place of what was known.
    public void record(String source, Collection<? extends Resolution> resolutions) {
        throw new UnsupportedOperationException();
    }

    /// What is known of these, however old.
    public Map<Isrc, Resolution> find(String source, Collection<Isrc> isrcs) {
        throw new UnsupportedOperationException();
    }

    /// Those of these that are fresh.
    public Map<Isrc, Resolution> find(String source, Collection<Isrc> isrcs, Freshness fresh) {
        throw new UnsupportedOperationException();
    }

    /// How many active recordings have no fresh resolution: the searches a plan needs.
    public long unresolved(String source, Freshness fresh) {
        throw new UnsupportedOperationException();
    }

    /// How many track ids the active recordings with a fresh resolution have together.
    public long freshTrackIds(String source, Freshness fresh) {
        throw new UnsupportedOperationException();
    }
}
