package dev.tactus.ledger.catalog;

import dev.tactus.music.identifiers.Isrc;
import java.time.Instant;
import java.util.List;

/// What a source's own ids of a recording are.
public sealed interface Resolution {
    Isrc isrc();

    /// When the source said so.
    Instant at();

    /// The source has it.
    ///
    /// @param trackIds all of them, 1 or more
    record Found(Isrc isrc, List<String> trackIds, Instant at) implements Resolution {
        public Found {
            if (trackIds.isEmpty()) {
                throw new IllegalArgumentException("found, but no track id: " + isrc);
            }
            trackIds = List.copyOf(trackIds);
        }
    }

    /// The source says that it does not have it.
    ///
    /// @param asked how often the source has said that it has none, 1 or more
    record Absent(Isrc isrc, int asked, Instant at) implements Resolution {
        public Absent {
            if (asked < 1) {
                throw new IllegalArgumentException("absent, but never asked: " + isrc);
            }
        }
    }
}
