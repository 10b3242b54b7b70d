package dev.tactus.music.identifiers;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The first two letters of ISRCs that the registration authority has handed out: countries, and the codes that were
/// added when a
/// country's ran out or that belong to no country.
final class IsrcPrefixes {
    private static final Set<String> LISTED = listed();

    private IsrcPrefixes() {}

    static boolean lists(String prefix) {
        return LISTED.contains(prefix);
    }

    private static Set<String> listed() {
        Set<String> all = new HashSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
        all.addAll(List.of("QM", "QT", "QZ")); // United States
        all.addAll(List.of("UK", "GX")); // United Kingdom
        all.addAll(List.of("BC", "BK", "BP", "BX")); // Brazil
        all.addAll(List.of("CB", "FX")); // Canada, France
        all.add("TC"); // an aggregator; otherwise the Turks and Caicos Islands
        all.addAll(List.of("CP", "DG", "QN", "ZZ")); // worldwide
        all.addAll(List.of("XK", "AN", "CS", "YU")); // Kosovo, and countries that are no more
        return Set.copyOf(all);
    }
}
