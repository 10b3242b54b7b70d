package dev.tactus.reports;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a recording was used: the `usage_type` of a row in `sales`, whatever words the report has for it.
public enum UsageType {
    /// chosen by the listener, heard or seen as audio, paid for by a subscription or by advertisements
    STREAM,
    /// a track or an album that was bought
    DOWNLOAD,
    /// a video of the label's own
    VIDEO,
    /// within what users of a platform have made themselves
    UGC,
    /// not chosen by the listener: radio, broadcast
    RADIO,
    /// a record, a disc, a cassette
    PHYSICAL,
    /// anything else
    OTHER;

    /// As layouts and the lake name it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<UsageType> named(String label) {
        return Arrays.stream(values()).filter(t -> t.label().equals(label)).findFirst();
    }

    /// What the words of a report most likely mean.
    public static UsageType guess(String words) {
        String text = words.toLowerCase(Locale.ROOT);
        if (text.contains("ugc") || text.contains("content id") || text.contains("user generated")) {
            return UGC;
        }
        if (text.contains("video")) {
            return VIDEO;
        }
        if (text.contains("radio") || text.contains("broadcast") || text.contains("non-interactive")) {
            return RADIO;
        }
        if (text.contains("download") || text.contains("purchase") || text.contains("permanent")) {
            return DOWNLOAD;
        }
        if (text.contains("stream") || text.contains("subscription") || text.contains("play")) {
            return STREAM;
        }
        return text.contains("physical") || text.contains("vinyl") || text.contains("cassette") ? PHYSICAL : OTHER;
    }

    public static String labels() {
        return Arrays.stream(values()).map(UsageType::label).collect(Collectors.joining(", "));
    }
}
