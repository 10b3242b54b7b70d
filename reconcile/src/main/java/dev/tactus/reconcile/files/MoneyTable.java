package dev.tactus.reconcile.files;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What reports earned in a period and in the one before it, by one of a row's columns and by currency.
///
/// @param name what it is divided by
/// @param lines the most money first, at most [#LISTED]
/// @param more how many there are beside them
record MoneyTable(String name, List<Line> lines, long more) {
    private static final int LISTED = 12;

    MoneyTable {
        lines = List.copyOf(lines);
    }

    /// One of them.
    ///
    /// @param now absent where there is nothing in the period
    /// @param before absent where there was nothing in the one before
    record Line(String name, String currency, Optional<BigDecimal> now, Optional<BigDecimal> before) {}

    /// By status, territory, service and artist.
    static List<MoneyTable> of(Workbench bench, PeriodParts parts) {
        List<MoneyTable> tables = new ArrayList<>();
        tables.add(by("Status", "replace(status, '_', ' ')", bench, parts));
        tables.add(by("Service", "source", bench, parts));
        tables.add(by("Territory", "territory", bench, parts));
        tables.add(by("Artist", "coalesce(artists, 'not known')", bench, parts));
        return tables.stream().filter(table -> !table.lines.isEmpty()).toList();
    }

    private static MoneyTable by(String name, String column, Workbench bench, PeriodParts parts) {
        List<Line> all = QueryRows.list(
                bench,
                SqlResource.of(MoneyTable.class, "money")
                        .insert("column", column)
                        .insert("now", bench.relation(parts.reconciled()))
                        .insert(
                                "before",
                                bench.relation(new PeriodParts(
                                                parts.source(), parts.period().previous())
                                        .reconciled()))
                        .text(),
                row -> new Line(
                        String.valueOf(Objects.requireNonNull(row.get(0))),
                        String.valueOf(Objects.requireNonNull(row.get(1))),
                        amount(row.get(2)),
                        amount(row.get(3))));
        return new MoneyTable(name, all.stream().limit(LISTED).toList(), Math.max(0, all.size() - LISTED));
    }

    private static Optional<BigDecimal> amount(@Nullable Object value) {
        return Optional.ofNullable((BigDecimal) value);
    }
}
