package dev.tactus.reports;

/// Foreign text as messages show it: short, and on one line.
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    static String brief(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
