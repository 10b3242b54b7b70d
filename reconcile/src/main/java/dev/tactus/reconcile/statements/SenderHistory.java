package dev.tactus.reconcile.statements;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a sender has sent, month by month.
final class SenderHistory {
    private static final int FEW = 2;

    private final NavigableMap<YearMonth, Month> months = new TreeMap<>();
    private final Map<String, TreeSet<YearMonth>> sources = new HashMap<>();

    /// A month of usage.
    ///
    /// @param units of all reports about it
    /// @param came the day on which the first of them came
    record Month(long units, Optional<LocalDate> came, SortedSet<String> reports) {
        Month plus(long more, Optional<LocalDate> other, String report) {
            SortedSet<String> all = new TreeSet<>(reports);
            all.add(report);
            Optional<LocalDate> first = came.isEmpty()
                    ? other
                    : other.filter(day -> day.isBefore(came.get())).or(() -> came);
            return new Month(units + more, first, all);
        }
    }

    /// Adds rows of a report that are about these months.
    void add(String source, YearMonth from, YearMonth to, long units, String report, Optional<LocalDate> came) {
        for (YearMonth month = from; !month.isAfter(to); month = month.plusMonths(1)) {
            months.merge(
                    month,
                    new Month(units, came, new TreeSet<>(List.of(report))),
                    (before, _) -> before.plus(units, came, report));
            sources.computeIfAbsent(source, _ -> new TreeSet<>()).add(month);
        }
    }

    /// Whether its statements tell of a source's usage, and not just once among many.
    boolean tellsOf(String source) {
        int told = Optional.ofNullable(sources.get(source)).map(TreeSet::size).orElse(0);
        return told >= FEW || (told > 0 && months.size() <= FEW);
    }

    /// The months with at least a part of what a month usually has.
    ///
    /// @param parts how many of them a usual month has
    NavigableMap<YearMonth, Month> sent(int parts) {
        List<Long> sizes = months.values().stream().map(Month::units).sorted().toList();
        long usual = sizes.isEmpty() ? 0 : sizes.get(sizes.size() / 2);
        NavigableMap<YearMonth, Month> sent = new TreeMap<>();
        months.forEach((month, one) -> {
            if (one.units() * parts >= usual) {
                sent.put(month, one);
            }
        });
        return sent;
    }
}
