package dev.tactus.reports.rows;

import dev.tactus.music.identifiers.InvalidTerritory;
import dev.tactus.music.identifiers.Territory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Territories as reports name them: by code of two or three letters, by number, by English name.
final class TerritoryNames {
    private static final Map<String, String> CODES = codes();

    private TerritoryNames() {}

    /// What nobody knows, and a group of territories, is unknown: its money counts, but not for a country.
    ///
    /// @param separator between several territories in one cell, which then can't be told apart: unknown
    static Territory parse(String text, Optional<String> separator) {
        String bare = text.strip();
        if (separator.isPresent() && bare.contains(separator.get())) {
            return Territory.UNKNOWN;
        }
        String known = CODES.get(bare.toLowerCase(Locale.ROOT));
        try {
            return known == null ? Territory.parse(bare) : new Territory(known);
        } catch (InvalidTerritory group) {
            return Territory.UNKNOWN;
        }
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String country : Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2)) {
            Locale locale = Locale.of("", country);
            codes.put(locale.getISO3Country().toLowerCase(Locale.ROOT), country);
            codes.put(locale.getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), country);
        }
        for (String line : AliasFile.lines("territories.txt")) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                for (String pair : line.split(" ", -1)) {
                    codes.put(pair.substring(0, 3), pair.substring(3));
                }
            } else {
                for (String name : line.substring(equals + 1).split("\\|", -1)) {
                    codes.put(name, line.substring(0, equals));
                }
            }
        }
        codes.remove("");
        return Map.copyOf(codes);
    }
}
