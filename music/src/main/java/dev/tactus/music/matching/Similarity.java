package dev.tactus.music.matching;

import dev.tactus.music.Severity;
import java.util.Optional;

/// How alike two titles or two credits are, closest first.
public enum Similarity {
    /// the same but for case, accents, width of characters, `&` for `and`, or an order that means nothing
    SAME,
    /// the same words, punctuated or bracketed otherwise, or with and without a named guest
    SPELLING,
    /// written in another script, so that they can't be compared as text
    OTHER_SCRIPT,
    /// one says more than the other, or they share a good part
    PARTIAL,
    DIFFERENT;

    /// How much it matters; nothing where both are the same.
    public Optional<Severity> severity() {
        return switch (this) {
            case SAME -> Optional.empty();
            case SPELLING, OTHER_SCRIPT -> Optional.of(Severity.INFO);
            case PARTIAL -> Optional.of(Severity.WARNING);
            case DIFFERENT -> Optional.of(Severity.CRITICAL);
        };
    }

    public static Similarity closer(Similarity a, Similarity b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
