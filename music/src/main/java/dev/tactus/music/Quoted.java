package dev.tactus.music;

/// A foreign text as a message may show it: on one line and not too long.
final class Quoted {
    private static final int LONGEST = 40;

    private Quoted() {}

    static String brief(String text) {
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
