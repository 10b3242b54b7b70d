package dev.tactus.simulator.catalog;

import dev.tactus.music.identifiers.Isrc;
import java.util.OptionalLong;

/// ISRCs by number and back, scattered over registrants and years by a keyed permutation. Immutable.
final class SyntheticIsrcs {
    private static final String[] PREFIXES = {
        "US", "GB", "DE", "FR", "SE", "JP", "BR", "QM", "QZ", "CA", "AU", "NL", "IT", "ES", "KR", "MX"
    };
    private static final int REGISTRANTS = 36 * 36 * 36;
    /// the years 2000 to 2025
    private static final int YEARS = 26;

    private static final int DESIGNATIONS = 100_000;
    /// How many there are.
    static final long SIZE = (long) PREFIXES.length * REGISTRANTS * YEARS * DESIGNATIONS;

    private final FeistelPermutation scramble;

    SyntheticIsrcs(long seed) {
        this.scramble = new FeistelPermutation(SplitMix.of(seed, 0x69737263L), SIZE);
    }

    Isrc isrcOf(long number) {
        long rest = scramble.apply(number);
        char[] isrc = new char[12];
        rest = digits(rest, isrc, 7, 5);
        int year = (int) (rest % YEARS);
        rest /= YEARS;
        digits(year, isrc, 5, 2);
        for (int i = 4; i >= 2; i--) {
            isrc[i] = Character.toUpperCase(Character.forDigit((int) (rest % 36), 36));
            rest /= 36;
        }
        PREFIXES[(int) rest].getChars(0, 2, isrc, 0);
        return new Isrc(new String(isrc));
    }

    /// The number of an ISRC; empty where none has it.
    OptionalLong numberOf(Isrc isrc) {
        String value = isrc.value();
        long place = -1;
        for (int i = 0; i < PREFIXES.length; i++) {
            if (value.startsWith(PREFIXES[i])) {
                place = i;
            }
        }
        int year = Integer.parseInt(value, 5, 7, 10);
        if (place < 0 || year >= YEARS) {
            return OptionalLong.empty();
        }
        for (int i = 2; i < 5; i++) {
            place = place * 36 + Character.digit(value.charAt(i), 36);
        }
        place = place * YEARS + year;
        place = place * DESIGNATIONS + Integer.parseInt(value, 7, 12, 10);
        return OptionalLong.of(scramble.invert(place));
    }

    private static long digits(long number, char[] to, int from, int count) {
        long rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            to[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return rest;
    }
}
