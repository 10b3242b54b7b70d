package dev.tactus.reports;

import java.util.Arrays;
import java.util.Locale;
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

    static String labels() {
        return Arrays.stream(values()).map(UsageType::label).collect(Collectors.joining(", "));
    }
}
