package dev.tactus.reports;

/// Foreign text as messages show it: short, and on one line.
public final class TextExcerpt {
    private static final int LONGEST = 60;

    private TextExcerpt() {}

    public static String brief(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
