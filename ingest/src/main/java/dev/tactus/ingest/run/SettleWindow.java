package dev.tactus.ingest.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// When an answer about a day need not be asked for again. Days are UTC.
///
/// Daily counts are restated for a while: an answer is final once it was given `settleDays` days after its day, the day
/// after it at the earliest. One that is not final is asked for again on another day, not twice on the same.
///
/// @param today the day it is
/// @param settleDays 0 or more
public record SettleWindow(LocalDate today, int settleDays) {
    public SettleWindow {
        if (settleDays < 0) {
            throw new IllegalArgumentException("settle_days is 0 or more, not " + settleDays);
        }
    }

    public static SettleWindow at(Instant now, int settleDays) {
        return new SettleWindow(LocalDate.ofInstant(now, ZoneOffset.UTC), settleDays);
    }

    /// From when on an answer about a day is final.
    public Instant finalFrom(LocalDate day) {
        return start(day.plusDays(Math.max(1, settleDays)));
    }

    /// From when on an answer about a day is not asked for again today.
    public Instant answersFrom(LocalDate day) {
        Instant last = finalFrom(day);
        return last.isBefore(start(today)) ? last : start(today);
    }

    /// Whether an answer was final before today. One of today is left to [#answersFrom].
    boolean wasFinal(LocalDate day, Instant askedAt) {
        return !askedAt.isBefore(finalFrom(day)) && askedAt.isBefore(start(today));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
