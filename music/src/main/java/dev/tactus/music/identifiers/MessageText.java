package dev.tactus.music.identifiers;

/// A foreign text as a message may show it: on one line and not too long.
public final class MessageText {
    private static final int LONGEST = 40;

    private MessageText() {}

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
