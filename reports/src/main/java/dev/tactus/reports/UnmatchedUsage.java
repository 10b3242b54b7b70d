package dev.tactus.reports;

import dev.tactus.music.Isrc;
import java.math.BigDecimal;
import java.time.LocalDate;
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

    UnmatchedUsage suggesting(Isrc recording) {
        return new UnmatchedUsage(
                usageKey, isrc, upc, title, artist, senders, services, rows, quantity, revenue, first, last, recording);
    }

    /// The same usage in another currency.
    UnmatchedUsage and(UnmatchedUsage other) {
        SortedMap<String, BigDecimal> both = new TreeMap<>(revenue);
        both.putAll(other.revenue);
        return new UnmatchedUsage(
                usageKey,
                isrc,
                upc,
                title,
                artist,
                senders,
                services,
                rows + other.rows,
                quantity.add(other.quantity),
                both,
                earlier(first, other.first),
                later(last, other.last),
                suggestion);
    }

    private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
}
