package dev.tactus.reports;

import java.util.Locale;

/// Senders by their names, however they are written.
public final class SenderName {
    private SenderName() {}

    /// Whether two names are the same but for case, spaces and punctuation.
    public static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /// What is the same for all ways to write a name.
    public static String key(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
