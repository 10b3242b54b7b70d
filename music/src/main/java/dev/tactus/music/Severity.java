package dev.tactus.music;

import dev.tactus.music.identifiers.MessageText;
import java.util.Locale;

/// How much a difference matters: from worth knowing to somebody is paid for the wrong recording.
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    /// The name in files and tables: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Severity parse(String label) {
        for (Severity severity : values()) {
            if (severity.label().equalsIgnoreCase(label.strip())) {
                return severity;
            }
        }
        throw new IllegalArgumentException(
                "'" + MessageText.brief(label) + "' is not a severity; there are info, warning and critical");
    }
}
