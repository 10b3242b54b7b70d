package dev.tactus.reconcile.files;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
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

    private static final int MEGABYTES = 64;

    /// By status, territory, service and artist. The services are all that are reconciled for the period by now, since
    /// what one of them earned says little alone.
    static List<MoneyTable> of(Lake lake, Workbench bench, PeriodParts parts) {
        String now = bench.relation(parts.reconciled());
        String before =
                bench.relation(new PeriodParts(parts.source(), parts.period().previous()).reconciled());
        List<MoneyTable> tables = new ArrayList<>();
        tables.add(by("Status", "replace(status, '_', ' ')", bench, now, before));
        try (Workbench latest = lake.workbench(MEGABYTES)) {
            tables.add(by(
                    "Service",
                    "source",
                    latest,
                    ofAllServices(latest, parts.period()),
                    ofAllServices(latest, parts.period().previous())));
        }
        tables.add(by("Territory", "territory", bench, now, before));
        tables.add(by("Artist", "coalesce(artists, 'not known')", bench, now, before));
        return tables.stream().filter(table -> !table.lines.isEmpty()).toList();
    }

    /// Of the services that the table has for the period, each in a part of its own.
    private static String ofAllServices(Workbench bench, Period period) {
        String whole = bench.glance(TablePart.all(LakeTable.RECONCILED), bench.snapshot(LakeTable.RECONCILED));
        List<String> services = QueryRows.texts(
                bench, "SELECT DISTINCT source FROM " + whole + " WHERE period = '" + period.label() + "' ORDER BY 1");
        return services.isEmpty()
                ? bench.relation(new PeriodParts("", period).reconciled())
                : services.stream()
                        .map(service -> "SELECT source, revenues FROM "
                                + bench.relation(new PeriodParts(service, period).reconciled()))
                        .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    }

    private static MoneyTable by(String name, String column, Workbench bench, String now, String before) {
        List<Line> all = QueryRows.list(
                bench,
                SqlResource.of(MoneyTable.class, "money")
                        .insert("column", column)
                        .insert("now", now)
                        .insert("before", before)
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
