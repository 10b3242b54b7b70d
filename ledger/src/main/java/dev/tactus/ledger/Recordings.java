package dev.tactus.ledger;

import dev.tactus.music.Isrc;
import dev.tactus.music.Recording;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The label's catalog. Recordings of earlier catalogs are kept, inactive.
public final class Recordings {
    Recordings() {}

    /// Makes these the active recordings, all or none of them. Read as a stream; of an ISRC that comes twice the last
    /// holds.
    ///
    /// @param catalogHash tells one catalog's content from another's
    /// @return how many are active now
    public long replaceWith(String catalogHash, Iterator<Recording> recordings) {
        throw new UnsupportedOperationException();
    }

    /// The hash of the active catalog; empty before the first.
    public Optional<String> hash() {
        throw new UnsupportedOperationException();
    }

    /// How many are active.
    public long count() {
        throw new UnsupportedOperationException();
    }

    /// Those of these that any catalog held, active or not.
    public Map<Isrc, Recording> find(Collection<Isrc> isrcs) {
        throw new UnsupportedOperationException();
    }

    /// Those of these that are active.
    public Set<Isrc> active(Collection<Isrc> isrcs) {
        throw new UnsupportedOperationException();
    }

    /// The active recordings, page by page.
    public List<Recording> active(Page page) {
        throw new UnsupportedOperationException();
    }
}
