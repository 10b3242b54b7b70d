package dev.tactus.ledger.royalty;

import dev.tactus.music.identifiers.Isrc;
import java.time.Instant;
import java.util.Optional;

/// What a person decided about usage that the catalog does not know.
///
/// @param usageKey what such usage has in common: its ISRC as reported, or the `usage_key` of its rows in the lake
/// @param isrc the recording of the catalog that it is; absent where it is not ours at all
/// @param by who decided
public record UsageMatch(String usageKey, Optional<Isrc> isrc, String by, Instant at) {
    public UsageMatch {
        if (usageKey.isBlank()) {
            throw new IllegalArgumentException("a match needs the key of the usage it is about");
        }
    }
}
