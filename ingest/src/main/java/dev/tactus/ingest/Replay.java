package dev.tactus.ingest;

import java.util.List;

/// Tries dead letters again: their stored payloads are read with the profile as it is now, and what is sound lands.
///
/// Calls nobody. The caller holds the ledger's lock.
public final class Replay {
    private final SyncParts parts;
    private final String codeVersion;

    public Replay(SyncParts parts, String codeVersion) {
        this.parts = parts;
        this.codeVersion = codeVersion;
    }

    /// Replays the letters of this source with these ids, or its open ones where none is named.
    ///
    /// @throws IllegalArgumentException if an id fits no letter
    public ReplayReport run(List<String> ids) {
        throw new UnsupportedOperationException("not yet: " + parts + codeVersion + ids);
    }
}
