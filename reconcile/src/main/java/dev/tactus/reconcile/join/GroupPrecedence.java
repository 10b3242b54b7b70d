package dev.tactus.reconcile.join;

import dev.tactus.music.identifiers.Territory;
import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.music.identifiers.TerritoryNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which territories are groups of which, so that rows of both would be the same usage twice: the world of everything
/// else, `Europe` of `DE`, `US|CA` of `US`. Of two groups that overlap, the smaller one is the finer.
///
/// What nobody knows, such as `Rest of World`, is a group of nothing and part of nothing.
public final class GroupPrecedence {
    private static final String WORLD = Territory.WORLDWIDE.code();

    /// Two territories of which one is coarser.
    ///
    /// @param coarser as reports name it, where it is no one territory; else its code
    /// @param finer likewise; it has some of the coarser one's territories
    /// @param level of the coarser one, above those of all that are finer than it
    public record Precedence(String coarser, String finer, int level) {}

    private GroupPrecedence() {}

    /// Among the territories that occur.
    public static List<Precedence> among(TerritoryGroups groups, Collection<String> labels) {
        TreeMap<String, Set<String>> countries = new TreeMap<>();
        for (String label : new TreeSet<>(labels)) {
            countries(groups, label).ifPresent(has -> countries.put(label, has));
        }
        Map<String, List<String>> finer = new LinkedHashMap<>();
        countries.forEach((one, has) -> finer.put(
                one,
                countries.entrySet().stream()
                        .filter(other -> isCoarser(one, has, other.getKey(), other.getValue()))
                        .map(Map.Entry::getKey)
                        .toList()));
        Map<String, Integer> levels = new HashMap<>();
        List<Precedence> found = new ArrayList<>();
        finer.forEach((coarser, several) ->
                several.forEach(one -> found.add(new Precedence(coarser, one, level(coarser, finer, levels)))));
        return found;
    }

    private static int level(String label, Map<String, List<String>> finer, Map<String, Integer> known) {
        Integer found = known.get(label);
        if (found != null) {
            return found;
        }
        int level = 0;
        for (String one : finer.getOrDefault(label, List.of())) {
            level = Math.max(level, 1 + level(one, finer, known));
        }
        known.put(label, level);
        return level;
    }

    private static boolean isCoarser(String coarser, Set<String> has, String finer, Set<String> its) {
        if (coarser.equals(finer) || finer.equals(WORLD)) {
            return false;
        }
        if (coarser.equals(WORLD)) {
            return true;
        }
        boolean overlap = its.stream().anyMatch(has::contains);
        return overlap && (its.size() < has.size() || (its.size() == has.size() && finer.compareTo(coarser) < 0));
    }

    /// None for the world, which has all.
    private static Optional<Set<String>> countries(TerritoryGroups groups, String label) {
        if (label.equals(WORLD)) {
            return Optional.of(Set.of());
        }
        return isCode(label) ? Optional.of(Set.of(label)) : groups.members(label);
    }

    private static boolean isCode(String label) {
        return !label.equals(Territory.UNKNOWN.code())
                && TerritoryNames.parse(label, Optional.empty()).code().equals(label);
    }
}
