package dev.tactus.reconcile;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A moment as a person reads it: `2026-12-05 09:00 UTC`.
public final class UtcMinute {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private UtcMinute() {}

    public static String of(Instant moment) {
        return FORMAT.format(moment);
    }
}
