package dev.tactus.ingest.run;

import dev.tactus.ledger.items.FetchedSlice;
import dev.tactus.music.Dataset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which days a run fetches. Days are UTC, in order.
public final class RunDays {
    private RunDays() {}

    /// Exactly these.
    public static List<LocalDate> range(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the last day, " + to + ", is before the first, " + from);
        }
        return from.datesUntil(to.plusDays(1)).toList();
    }

    /// Yesterday, and each earlier day, since the first that was ever fetched, of which some dataset has no final
    /// answer:
    /// days that are not settled yet, and days on which no run came about.
    ///
    /// @param fetched what was published
    /// @param datasets those that are wanted
    public static List<LocalDate> due(SettleWindow window, Collection<FetchedSlice> fetched, Set<Dataset> datasets) {
        LocalDate yesterday = window.today().minusDays(1);
        Set<Dataset> daily = EnumSet.noneOf(Dataset.class);
        datasets.stream().filter(Dataset::isDaily).forEach(daily::add);
        Map<LocalDate, Set<Dataset>> settled = new TreeMap<>();
        LocalDate first = yesterday;
        for (FetchedSlice slice : fetched) {
            if (!daily.contains(slice.dataset())) {
                continue;
            }
            first = slice.day().isBefore(first) ? slice.day() : first;
            if (window.wasFinal(slice.day(), slice.askedAt())) {
                settled.computeIfAbsent(slice.day(), day -> EnumSet.noneOf(Dataset.class))
                        .add(slice.dataset());
            }
        }
        return first.datesUntil(yesterday.plusDays(1))
                .filter(day -> day.equals(yesterday)
                        || !settled.getOrDefault(day, Set.of()).containsAll(daily))
                .toList();
    }

    /// Those days of which a run that began today has not planned every daily dataset; a run that began earlier leaves
    /// them all.
    ///
    /// @param askedAt when the run began
    /// @param planned its slices
    public static List<LocalDate> without(
            List<LocalDate> days,
            SettleWindow window,
            Set<Dataset> datasets,
            Instant askedAt,
            Map<LocalDate, Set<Dataset>> planned) {
        if (!SettleWindow.at(askedAt, window.settleDays()).today().equals(window.today())) {
            return days;
        }
        Set<Dataset> wanted = EnumSet.copyOf(datasets);
        return days.stream()
                .filter(day -> wanted.stream()
                        .filter(dataset -> dataset.isDaily() || day.equals(days.getLast()))
                        .anyMatch(
                                dataset -> !planned.getOrDefault(day, Set.of()).contains(dataset)))
                .toList();
    }
}
