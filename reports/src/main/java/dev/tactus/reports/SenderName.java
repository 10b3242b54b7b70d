package dev.tactus.reports;

import java.util.Locale;

/// Senders by their names, however they are written.
public final class SenderName {
    private SenderName() {}

    /// Whether two names are the same but for case, spaces and punctuation.
    public static boolean same(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
