package dev.tactus.ledger.catalog;

import dev.tactus.music.identifiers.Isrc;
import java.util.Optional;

/// One page of recordings in the order of a plan: larger priority first, then by ISRC. The next page begins after the
/// last recording of this one, so nothing is skipped or repeated when items change in between.
///
/// @param after the last recording already seen
/// @param limit at most so many, 1 or more
public record PlanPage(Optional<Isrc> after, int limit) {
    public PlanPage {
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds 1 or more, not " + limit);
        }
    }

    public static PlanPage first(int limit) {
        return new PlanPage(Optional.empty(), limit);
    }

    public PlanPage after(Isrc last) {
        return new PlanPage(Optional.of(last), limit);
    }
}
