package dev.tactus.music.identifiers;

import java.util.Locale;

/// The identifier of one recording (ISO 3901): two letters, three letters or digits, seven digits. It has no check
/// digit.
///
/// The value is normalised: twelve upper-case characters without spaces or hyphens. The first two letters tell who
/// hands out the codes, not where a recording comes from.
public record Isrc(String value) implements Comparable<Isrc> {
    private static final int LENGTH = 12;

    public Isrc {
        if (!wellFormed(value)) {
            throw new InvalidIsrc(
                    "'" + MessageText.brief(value)
                            + "' is not a normalised ISRC: two letters, three letters or digits, seven digits, e.g. USUM72409273");
        }
    }

    /// Reads an ISRC as people write it: in lower case, with spaces or hyphens, after the letters "ISRC".
    public static Isrc parse(String raw) {
        String bare = bare(raw);
        if (bare.isEmpty()) {
            throw new InvalidIsrc("no ISRC is given");
        }
        if (bare.length() != LENGTH) {
            throw new InvalidIsrc(
                    "'" + MessageText.brief(raw) + "' has " + bare.length() + " characters; an ISRC has " + LENGTH);
        }
        if (!wellFormed(bare)) {
            throw new InvalidIsrc("'" + MessageText.brief(raw)
                    + "' is not an ISRC: two letters, three letters or digits, seven digits, e.g. USUM72409273");
        }
        return new Isrc(bare);
    }

    /// Whether the first two letters are on the list of known prefixes. A prefix that is not is worth a warning, never
    /// a rejection: such ISRCs are in real use.
    public boolean hasListedPrefix() {
        return IsrcPrefixes.lists(value.substring(0, 2));
    }

    @Override
    public int compareTo(Isrc other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String bare(String raw) {
        StringBuilder kept = new StringBuilder(LENGTH);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (!isSeparator(c)) {
                kept.append(c);
            }
        }
        String bare = kept.toString().toUpperCase(Locale.ROOT);
        if (bare.startsWith("ISRC")) {
            String rest = bare.substring("ISRC".length());
            return rest.startsWith(":") ? rest.substring(1) : rest;
        }
        return bare;
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean wellFormed(String value) {
        if (value.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = value.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z';
            boolean digit = c >= '0' && c <= '9';
            if (!((i < 5 && letter) || (i > 1 && digit))) {
                return false;
            }
        }
        return true;
    }
}
