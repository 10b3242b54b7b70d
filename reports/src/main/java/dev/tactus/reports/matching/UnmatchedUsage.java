package dev.tactus.reports.matching;

import dev.tactus.music.identifiers.Isrc;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Usage in the reports that no recording of the catalog is known for: all rows that have its key.
///
/// @param usageKey its ISRC as reported, or what rows without one have in common
/// @param senders who reported it, separated by semicolons; services likewise
/// @param revenue by currency
/// @param suggestion a recording of the catalog that it may well be: the only one of that release, or of that title and
///     artist
public record UnmatchedUsage(
        String usageKey,
        @Nullable String isrc,
        @Nullable String upc,
        @Nullable String title,
        @Nullable String artist,
        String senders,
        String services,
        long rows,
        BigDecimal quantity,
        SortedMap<String, BigDecimal> revenue,
        @Nullable LocalDate first,
        @Nullable LocalDate last,
        @Nullable Isrc suggestion) {
    public UnmatchedUsage {
        revenue = new TreeMap<>(revenue);
    }

    /// Reads it from a row of the queue's query.
    static UnmatchedUsage of(List<@Nullable Object> row) {
        SortedMap<String, BigDecimal> revenue = new TreeMap<>();
        String[] money = String.valueOf(row.get(9)).split(" ", -1);
        for (int i = 0; i + 1 < money.length; i += 2) {
            revenue.put(money[i], new BigDecimal(money[i + 1]));
        }
        return new UnmatchedUsage(
                String.valueOf(row.get(0)),
                text(row.get(1)),
                text(row.get(2)),
                text(row.get(3)),
                text(row.get(4)),
                String.valueOf(row.get(5)),
                String.valueOf(row.get(6)),
                ((Number) Objects.requireNonNull(row.get(7))).longValue(),
                new BigDecimal(String.valueOf(row.get(8))),
                revenue,
                (LocalDate) row.get(10),
                (LocalDate) row.get(11),
                row.get(12) == null ? null : new Isrc(String.valueOf(row.get(12))));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
