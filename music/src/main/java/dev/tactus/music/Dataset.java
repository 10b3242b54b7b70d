package dev.tactus.music;

import dev.tactus.music.identifiers.MessageText;
import java.util.Locale;

/// What is pulled for a recording: what it is, how often it was streamed, how many people heard it.
public enum Dataset {
    TRACKS,
    STREAMS,
    LISTENERS;

    /// The name in files, flags and tables: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether there is one value a day. What a recording is holds for a whole run.
    public boolean isDaily() {
        return this != TRACKS;
    }

    public static Dataset parse(String label) {
        String wanted = label.strip();
        for (Dataset dataset : values()) {
            if (dataset.label().equalsIgnoreCase(wanted)) {
                return dataset;
            }
        }
        throw new IllegalArgumentException(
                "'" + MessageText.brief(label) + "' is not a dataset; there are tracks, streams and listeners");
    }
}
