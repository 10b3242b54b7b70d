package dev.tactus.limits.leases;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// Where windows begin by the clocks of a zone: with a month, a day, or a part of a day. Immutable.
///
/// @param zone whose midnights count; a day may have 23 or 25 hours there
/// @param length of the parts of a day; longer than that, whole days, or months of 28 days and more
record WindowSeams(ZoneId zone, Duration length) {
    private static final Duration DAY = Duration.ofDays(1);

    /// @param begins inclusive
    /// @param ends exclusive: the next one begins there
    record Window(Instant begins, Instant ends) {}

    Window around(Instant moment) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        if (length.compareTo(DAY) > 0) {
            LocalDate first = day.withDayOfMonth(1);
            return new Window(midnight(first), midnight(first.plusMonths(1)));
        }
        Instant begins = midnight(day);
        Instant tomorrow = midnight(day.plusDays(1));
        if (length.equals(DAY)) {
            return new Window(begins, tomorrow);
        }
        long part = Duration.between(begins, moment).dividedBy(length);
        Instant from = begins.plus(length.multipliedBy(part));
        Instant to = from.plus(length);
        return new Window(from, to.isAfter(tomorrow) ? tomorrow : to);
    }

    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
