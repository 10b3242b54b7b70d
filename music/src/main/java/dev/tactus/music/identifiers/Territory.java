package dev.tactus.music.identifiers;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where music was heard: a country, a part of one, or the world.
///
/// @param code normalised: ISO 3166-1 alpha-2, ISO 3166-2, `WW` for the world, or `ZZ` for unknown
public record Territory(String code) {
    /// Everywhere.
    public static final Territory WORLDWIDE = new Territory("WW");

    /// Nobody knows where.
    public static final Territory UNKNOWN = new Territory("ZZ");

    /// What a code stands for.
    public enum Kind {
        COUNTRY,
        /// a part of a country, such as `ES-CE`
        SUBDIVISION,
        /// a country that is no more, such as `AN`; old statements still name it
        FORMER,
        WORLDWIDE,
        UNKNOWN
    }

    public Territory {
        kindOf(code);
    }

    /// Reads a territory as files hold it: any case, any name for the whole world, CISAC's number for it too.
    public static Territory parse(String raw) {
        String code = raw.strip().toUpperCase(Locale.ROOT).replace('_', '-');
        return new Territory(Codes.WORLD.contains(code) ? "WW" : code);
    }

    public Kind kind() {
        return kindOf(code);
    }

    @Override
    public String toString() {
        return code;
    }

    private static Kind kindOf(String code) {
        if (Codes.COUNTRIES.contains(code) || code.equals("XK")) {
            return Kind.COUNTRY;
        }
        if (code.equals("WW")) {
            return Kind.WORLDWIDE;
        }
        if (code.equals("ZZ")) {
            return Kind.UNKNOWN;
        }
        if (Codes.FORMER.contains(code)) {
            return Kind.FORMER;
        }
        if (Codes.SUBDIVISION.matcher(code).matches() && Codes.COUNTRIES.contains(code.substring(0, 2))) {
            return Kind.SUBDIVISION;
        }
        throw new InvalidTerritory(reason(code));
    }

    private static String reason(String code) {
        String shown = "'" + MessageText.brief(code) + "' is not a territory: ";
        if (code.isEmpty()) {
            return "no territory is given";
        }
        if (code.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return shown + "of CISAC's numbers only 2136 (the world) is supported";
        }
        return shown + "neither a country of ISO 3166-1 (two letters) nor a name for the world";
    }

    private static final class Codes {
        static final Set<String> COUNTRIES = Set.copyOf(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
        static final Set<String> FORMER = Set.of("AN", "CS");
        static final Set<String> WORLD = Set.copyOf(List.of("WW", "XW", "WORLD", "WORLDWIDE", "GLOBAL", "2136"));
        static final Pattern SUBDIVISION = Pattern.compile("[A-Z]{2}-[A-Z0-9]{1,3}");

        private Codes() {}
    }
}
