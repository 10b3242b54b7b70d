package dev.tactus.music.matching;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// What two collections of words have in common.
final class WordOverlap {
    private WordOverlap() {}

    /// Whether one holds all of the other, or they share at least half of the larger.
    static boolean isLarge(Collection<String> a, Collection<String> b) {
        Set<String> all = new HashSet<>(a);
        Set<String> others = new HashSet<>(b);
        if (all.isEmpty() || others.isEmpty()) {
            return false;
        }
        int larger = Math.max(all.size(), others.size());
        int smaller = Math.min(all.size(), others.size());
        all.retainAll(others);
        return all.size() == smaller || 2 * all.size() >= larger;
    }
}
