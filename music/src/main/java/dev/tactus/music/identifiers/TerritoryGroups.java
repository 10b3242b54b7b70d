package dev.tactus.music.identifiers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which territories a group has that a report names in place of one: `Europe`, `LATAM`, `US|CA`. Immutable.
///
/// Reports never say what they mean by a group, so members are taken widely. What was decided by one version is decided
/// by the same version again: a version's text never changes.
public final class TerritoryGroups {
    /// No groups at all: every row stands for itself.
    public static final int NONE = 0;

    /// The version that holds for what is decided today. It has the members of the first.
    ///
    /// The second asks what the rows of a group and of its members say.
    /// By the third refunds decide nothing, and what a close has decided is kept.
    public static final int LATEST = 3;

    /// The version whose text has the members.
    private static final int WRITTEN = 1;

    private static final Pattern BETWEEN = Pattern.compile("\\s*[|;,/+&]\\s*");
    private static final char REFERENCE = '@';

    private final Map<String, Set<String>> byName;

    private TerritoryGroups(Map<String, Set<String>> byName) {
        this.byName = byName;
    }

    /// The groups as a version has them.
    ///
    /// @throws IllegalArgumentException if there is no such version
    public static TerritoryGroups version(int version) {
        if (version < NONE || version > LATEST) {
            throw new IllegalArgumentException("territory groups of version " + version
                    + " are not known to this program, which has versions up to " + LATEST);
        }
        Map<String, Set<String>> byName = new HashMap<>();
        if (version != NONE) {
            Map<String, String> written = new HashMap<>();
            for (String line : TerritoryNames.lines("territory-groups-" + Math.min(version, WRITTEN) + ".txt")) {
                int equals = line.indexOf('=');
                for (String name : line.substring(0, equals).strip().split("\\|", -1)) {
                    written.put(name, line.substring(equals + 1).strip());
                }
            }
            written.forEach((name, members) -> byName.put(name, Collections.unmodifiableSet(codes(members, written))));
        }
        return new TerritoryGroups(byName);
    }

    private static Set<String> codes(String members, Map<String, String> written) {
        Set<String> codes = new TreeSet<>();
        for (String group : written.keySet()) {
            if (members.contains(REFERENCE + group + " ") || members.endsWith(REFERENCE + group)) {
                codes.addAll(codes(written.get(group), written));
            }
        }
        for (String word : members.split(" ", -1)) {
            if (word.matches("[A-Z]{2}")) {
                codes.add(word);
            }
        }
        return codes;
    }

    /// The countries of what a report names; absent where it is no group that anybody knows, such as `Rest of World`.
    ///
    /// @param reported a group's name, or territories with a mark between them
    public Optional<Set<String>> members(String reported) {
        Set<String> named = byName.get(reported.strip().toLowerCase(Locale.ROOT));
        if (named != null) {
            return Optional.of(named);
        }
        if (byName.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(BETWEEN.split(reported.strip(), -1)));
        parts.removeIf(String::isEmpty);
        if (parts.size() < 2) {
            return Optional.empty();
        }
        Set<String> all = new TreeSet<>();
        for (String part : parts) {
            Territory one = TerritoryNames.parse(part, Optional.empty());
            Optional<Set<String>> several = Optional.ofNullable(byName.get(part.toLowerCase(Locale.ROOT)));
            if (several.isEmpty() && (one.equals(Territory.UNKNOWN) || one.equals(Territory.WORLDWIDE))) {
                return Optional.empty();
            }
            all.addAll(several.orElse(Set.of(one.code())));
        }
        return Optional.of(Collections.unmodifiableSet(all));
    }
}
