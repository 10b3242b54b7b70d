package dev.tactus.simulator.catalog;

import java.util.OptionalLong;

/// Track ids in the form of Spotify's, 22 letters and digits, computed from a number and back. The first half proves
/// that the second is genuine, so an invented id is recognised. Immutable.
public final class SyntheticIds {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int HALF = 11;

    private final long key;

    public SyntheticIds(long seed) {
        this.key = SplitMix.of(seed, 0x7261636bL);
    }

    public String idOf(long number) {
        long body = SplitMix.mix(number ^ key);
        char[] id = new char[2 * HALF];
        write(SplitMix.of(key, body), id, 0);
        write(body, id, HALF);
        return new String(id);
    }

    /// The number an id was made of; empty for an id that was not made here.
    OptionalLong numberOf(String id) {
        if (id.length() != 2 * HALF) {
            return OptionalLong.empty();
        }
        OptionalLong body = read(id, HALF);
        if (body.isEmpty()) {
            return body;
        }
        long number = SplitMix.unmix(body.getAsLong()) ^ key;
        return idOf(number).equals(id) ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private static void write(long value, char[] id, int from) {
        long rest = value;
        for (int i = from + HALF - 1; i >= from; i--) {
            id[i] = DIGITS.charAt((int) Long.remainderUnsigned(rest, DIGITS.length()));
            rest = Long.divideUnsigned(rest, DIGITS.length());
        }
    }

    private static OptionalLong read(String id, int from) {
        long value = 0;
        for (int i = from; i < from + HALF; i++) {
            int digit = DIGITS.indexOf(id.charAt(i));
            if (digit < 0) {
                return OptionalLong.empty();
            }
            value = value * DIGITS.length() + digit;
        }
        return OptionalLong.of(value);
    }
}
