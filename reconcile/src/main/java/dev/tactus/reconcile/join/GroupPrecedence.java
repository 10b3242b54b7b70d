package dev.tactus.reconcile.join;

import dev.tactus.music.identifiers.Territory;
import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.music.identifiers.TerritoryNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// For which finer territories' rows those of a coarser one stand aside, since both would be the same usage twice: the
/// world for everything else, `Europe` for `DE`, `US|CA` for `US`. Of two groups that overlap, the smaller one stays.
///
/// What nobody knows, such as `Rest of World`, stands aside for nothing and nothing for it.
public final class GroupPrecedence {
    private static final String WORLD = Territory.WORLDWIDE.code();

    /// Two territories of which one stands aside.
    ///
    /// @param coarser as reports name it, where it is no one territory; else its code
    /// @param finer likewise; it has some of the coarser one's territories
    public record Precedence(String coarser, String finer) {}

    private GroupPrecedence() {}

    /// Among the territories that occur.
    public static List<Precedence> among(TerritoryGroups groups, Collection<String> labels) {
        TreeMap<String, Set<String>> countries = new TreeMap<>();
        for (String label : new TreeSet<>(labels)) {
            countries(groups, label).ifPresent(has -> countries.put(label, has));
        }
        List<Precedence> found = new ArrayList<>();
        countries.forEach((coarser, has) -> countries.forEach((finer, its) -> {
            if (isCoarser(coarser, has, finer, its)) {
                found.add(new Precedence(coarser, finer));
            }
        }));
        return found;
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
