package dev.tactus.music.identifiers;

import java.util.regex.Pattern;

/// The identifier of a release, a GTIN: 8, 12, 13 or 14 digits, the last of which checks the others (modulo 10).
///
/// At least eight of them stand after the zeros in front: GS1 gives out no number with more zeros than that, and a
/// shorter one is a line's or a shop's own.
///
/// The value is the GTIN-14, filled up with zeros in front, so that two are equal even if one of them has lost its
/// zeros on the way.
public record Upc(String value) {
    private static final Pattern FOURTEEN = Pattern.compile("[0-9]{14}");
    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9]+([.,][0-9]+)?[eE]\\+?[0-9]+");
    private static final String PREFIX = "empty:";
    private static final int SHORTEST = 8;
    private static final int LONGEST = 14;

    public Upc {
        if (!FOURTEEN.matcher(value).matches() || !checks(value)) {
            throw new InvalidUpc("'" + MessageText.brief(value) + "' is not a GTIN-14 with a correct check digit");
        }
    }

    /// Reads a UPC or EAN as files hold it: with spaces or hyphens, without its leading zeros, or after `empty:`.
    public static Upc parse(String raw) {
        String bare = raw.strip();
        if (bare.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            bare = bare.substring(PREFIX.length());
        }
        bare = bare.replaceAll("[\\s\\p{Pd}]", "");
        if (bare.isEmpty()) {
            throw new InvalidUpc("no UPC is given");
        }
        if (SCIENTIFIC.matcher(bare).matches()) {
            throw new InvalidUpc("'" + MessageText.brief(raw)
                    + "' is in scientific notation: a spreadsheet has cut off digits, and nothing can bring them back");
        }
        if (!bare.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidUpc("'" + MessageText.brief(raw) + "' is not a UPC: only digits are allowed");
        }
        String digits = bare.replaceFirst("^0+", "");
        if (digits.length() < SHORTEST || digits.length() > LONGEST) {
            throw new InvalidUpc("'" + MessageText.brief(raw) + "' is not a UPC: it has "
                    + (digits.isEmpty()
                            ? "only zeros"
                            : digits.length() + " digits, " + SHORTEST + " to " + LONGEST + " are allowed"));
        }
        String gtin14 = "0".repeat(LONGEST - digits.length()) + digits;
        if (!checks(gtin14)) {
            throw new InvalidUpc("the check digit of '" + MessageText.brief(raw) + "' is wrong: " + gtin14.charAt(13)
                    + ", expected " + checkDigit(gtin14));
        }
        return new Upc(gtin14);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean checks(String gtin14) {
        return gtin14.charAt(13) - '0' == checkDigit(gtin14);
    }

    private static int checkDigit(String gtin14) {
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += (gtin14.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return (10 - sum % 10) % 10;
    }
}
