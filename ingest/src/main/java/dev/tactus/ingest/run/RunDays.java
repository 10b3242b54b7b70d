package dev.tactus.ingest.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Which days a run fetches. Days are UTC, in order.
///
/// Daily counts are restated for a while: a day is final once it is more than `settleDays` days ago. Until then it is
/// fetched again with every run whose days are not given.
public final class RunDays {
    private RunDays() {}

    /// Exactly these.
    public static List<LocalDate> range(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the last day, " + to + ", is before the first, " + from);
        }
        return from.datesUntil(to.plusDays(1)).toList();
    }

    /// Yesterday, and earlier days that were fetched before and aren't final.
    ///
    /// @param fetched days that earlier runs have fetched
    /// @param settleDays 0 or more
    public static List<LocalDate> unsettled(Instant now, Collection<LocalDate> fetched, int settleDays) {
        if (settleDays < 0) {
            throw new IllegalArgumentException("settle_days is 0 or more, not " + settleDays);
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate yesterday = today.minusDays(1);
        LocalDate oldest = today.minusDays(settleDays);
        return Stream.concat(
                        Stream.of(yesterday),
                        fetched.stream().filter(day -> day.isBefore(yesterday) && !day.isBefore(oldest)))
                .distinct()
                .sorted()
                .toList();
    }
}
