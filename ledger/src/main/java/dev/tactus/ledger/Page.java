package dev.tactus.ledger;

import dev.tactus.music.Isrc;
import java.util.Optional;

/// One page of recordings in the order of a plan: larger priority first, then by ISRC. The next page begins after the
/// last recording of this one, so nothing is skipped or repeated when items change in between.
///
/// @param after the last recording already seen
/// @param limit at most so many, 1 or more
public record Page(Optional<Isrc> after, int limit) {
    public Page {
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds 1 or more, not " + limit);
        }
    }

    public static Page first(int limit) {
        return new Page(Optional.empty(), limit);
    }

    public Page after(Isrc last) {
        return new Page(Optional.of(last), limit);
    }
}
