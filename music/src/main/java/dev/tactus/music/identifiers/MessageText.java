package dev.tactus.music.identifiers;

import java.util.Locale;

/// What messages to people hold: foreign texts on one line and not too long, and counts with their noun.
public final class MessageText {
    private static final int LONGEST = 40;

    private MessageText() {}

    /// `1 row`, `2,000 rows`
    public static String counted(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d ", number) + (number == 1 ? one : many);
    }

    /// At most forty characters of it, none of them a control character.
    public static String brief(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .forEach(c -> shown.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c));
        return text.codePointCount(0, text.length()) > LONGEST
                ? shown.append('…').toString()
                : shown.toString();
    }
}
