package dev.tactus.ledger.codec;

import dev.tactus.music.identifiers.Isrc;

/// ISRCs as whole numbers in the same order: the key of every recording in the ledger. Half the text's size, in
/// a table and its indexes alike, and no lookup in between.
///
/// Each place counts in the base of what may stand there: two letters, three letters or digits (digits first, as in
/// the order of texts), seven digits.
public final class IsrcNumber {
    private static final int LETTERS = 26;
    private static final int LETTERS_AND_DIGITS = 36;
    private static final long SERIALS = 10_000_000L;

    private IsrcNumber() {}

    public static long of(Isrc isrc) {
        String text = isrc.value();
        long number = 0;
        for (int i = 0; i < 2; i++) {
            number = number * LETTERS + (text.charAt(i) - 'A');
        }
        for (int i = 2; i < 5; i++) {
            number = number * LETTERS_AND_DIGITS + digit(text.charAt(i));
        }
        for (int i = 5; i < 12; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    public static Isrc toIsrc(long number) {
        char[] text = new char[12];
        long rest = number / SERIALS;
        long serial = number % SERIALS;
        for (int i = 11; i >= 5; i--) {
            text[i] = (char) ('0' + serial % 10);
            serial /= 10;
        }
        for (int i = 4; i >= 2; i--) {
            text[i] = character((int) (rest % LETTERS_AND_DIGITS));
            rest /= LETTERS_AND_DIGITS;
        }
        for (int i = 1; i >= 0; i--) {
            text[i] = (char) ('A' + rest % LETTERS);
            rest /= LETTERS;
        }
        return new Isrc(new String(text));
    }

    private static int digit(char c) {
        return c <= '9' ? c - '0' : c - 'A' + 10;
    }

    private static char character(int digit) {
        return (char) (digit < 10 ? '0' + digit : 'A' + digit - 10);
    }
}
