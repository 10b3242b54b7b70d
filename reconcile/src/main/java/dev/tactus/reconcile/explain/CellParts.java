package dev.tactus.reconcile.explain;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.explain.CellExplanation.ApiDay;
import dev.tactus.reconcile.explain.CellExplanation.StatementRow;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the cells of a recording are made of: the answers' counts and the statements' rows in a version of the tables.
/// Each version is read once, for all cells at once.
final class CellParts {
    private static final String WORLD = "WW";

    private final Ledger ledger;
    private final ServiceSources services;
    private final Workbench bench;
    private final CellKey key;
    private final Map<String, List<ApiDay>> days = new HashMap<>();
    private final Map<String, List<Sale>> sales = new HashMap<>();
    private final Map<String, GroupsAside> asides = new HashMap<>();
    private final Map<String, Optional<Report>> reports = new HashMap<>();

    CellParts(Ledger ledger, ServiceSources services, Workbench bench, CellKey key) {
        this.ledger = ledger;
        this.services = services;
        this.bench = bench;
        this.key = key;
    }

    List<ApiDay> days(String source, String territory, Optional<Long> at) {
        return days.computeIfAbsent(source + at, _ -> read(source, at)).stream()
                // the world is the sum of all that the API knows
                .filter(day -> territory.equals(WORLD) || day.territory().equals(territory))
                .toList();
    }

    private List<Sale> sales(String source, String usage, Optional<Long> at, Optional<Long> matchesAt) {
        return sales.computeIfAbsent(source + at, _ -> read(at, matchesAt)).stream()
                .filter(sale -> services.name(sale.row().service()).equals(source))
                .filter(sale -> sale.usage().equals(usage))
                .toList();
    }

    /// The rows of a source and kind of usage, and which of them stand aside for others.
    ///
    /// @param version of the groups of territories and of their rule
    GroupsAside aside(int version, String source, String usage, Optional<Long> at, Optional<Long> matchesAt) {
        return asides.computeIfAbsent(
                String.join("\t", Integer.toString(version), source, usage, at + " " + matchesAt),
                _ -> GroupsAside.of(bench, version, sales(source, usage, at, matchesAt)));
    }

    private List<ApiDay> read(String source, Optional<Long> snapshot) {
        TablePart part = new PeriodParts(source, key.period()).streams().andIsrc(key.isrc());
        String streams = bench.relation(part, snapshot);
        List<Long> fetched = QueryRows.list(
                bench,
                SqlResource.of(CellExplainer.class, "api_fetched")
                        .insert("streams", streams)
                        .with("isrc", key.isrc())
                        .with("source", source)
                        .with("from", key.period().from())
                        .with("to", key.period().to())
                        .text(),
                row -> number(row, 0).orElse(0L));
        return QueryRows.list(
                bench,
                SqlResource.of(CellExplainer.class, "api_day")
                        .insert("streams", streams)
                        .insert(
                                "payloads",
                                bench.relation(
                                        TablePart.source(LakeTable.PAYLOADS, source)
                                                .and("fetched_at", fetched),
                                        bench.snapshot(LakeTable.PAYLOADS)))
                        .with("isrc", key.isrc())
                        .with("source", source)
                        .with("from", key.period().from())
                        .with("to", key.period().to())
                        .text(),
                row -> new ApiDay(
                        (LocalDate) Objects.requireNonNull(row.get(0)),
                        text(row, 1),
                        text(row, 2),
                        number(row, 3).orElse(0L),
                        text(row, 4),
                        text(row, 5),
                        Instant.EPOCH.plus(number(row, 6).orElse(0L), ChronoUnit.MICROS),
                        optional(row, 7),
                        optional(row, 8)));
    }

    /// A row of `sales`, before it is known whether it belongs to the cell.
    ///
    /// @param label what the report says where it is no one territory
    record Sale(String territory, String label, String usage, StatementRow row) {}

    private List<Sale> read(Optional<Long> snapshot, Optional<Long> matchesAt) {
        String matches = bench.relation(TablePart.all(LakeTable.USAGE_MATCHES), matchesAt);
        List<String> matched = QueryRows.texts(
                bench,
                "SELECT usage_key FROM " + matches + " WHERE isrc = '"
                        + key.isrc().replace("'", "''") + "'");
        boolean renamed = bench.number("SELECT count(*) FROM " + matches + " WHERE usage_key = '"
                        + key.isrc().replace("'", "''") + "' AND (isrc IS NULL OR isrc <> usage_key)")
                > 0;
        List<String> own = new ArrayList<>(matched);
        if (!renamed) {
            own.add(key.isrc());
        }
        List<Sale> found = new ArrayList<>();
        if (!own.isEmpty()) {
            found.addAll(sales("isrc", own, snapshot, ""));
        }
        if (!matched.isEmpty()) {
            found.addAll(sales("usage_key", matched, snapshot, "isrc IS NULL AND "));
        }
        return found;
    }

    /// From the files alone that can hold one of them.
    private List<Sale> sales(String column, List<String> values, Optional<Long> snapshot, String besides) {
        TablePart part = PeriodParts.sales(key.period()).and(column, values);
        return QueryRows.list(
                bench,
                SqlResource.of(CellExplainer.class, "statement_row")
                        .insert("sales", bench.relation(part, snapshot))
                        .insert("which", besides + column + " IN " + list(values))
                        .with("from", key.period().from())
                        .with("to", key.period().to())
                        .text(),
                row -> sale(row, reports.computeIfAbsent(text(row, 0), ledger.reports()::find)));
    }

    private Sale sale(List<@Nullable Object> row, Optional<Report> report) {
        LocalDate from = (LocalDate) Objects.requireNonNull(row.get(5));
        LocalDate to = (LocalDate) Objects.requireNonNull(row.get(6));
        boolean inside =
                !from.isBefore(key.period().from()) && !to.isAfter(key.period().to());
        return new Sale(
                text(row, 3),
                text(row, 11),
                text(row, 4),
                new StatementRow(
                        text(row, 0),
                        report.map(Report::name),
                        report.map(Report::sha256),
                        number(row, 1).orElse(0L),
                        text(row, 2),
                        from,
                        to,
                        number(row, 7).orElse(0L),
                        optional(row, 8),
                        Optional.ofNullable((BigDecimal) row.get(9)),
                        inside ? "counted" : "outside_period",
                        optional(row, 10)));
    }

    private static String list(List<String> texts) {
        return texts.stream()
                .map(text -> "'" + text.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String text(List<@Nullable Object> row, int at) {
        Object value = row.get(at);
        return value == null ? "" : value.toString();
    }

    private static Optional<String> optional(List<@Nullable Object> row, int at) {
        return Optional.ofNullable(row.get(at)).map(Object::toString);
    }

    private static Optional<Long> number(List<@Nullable Object> row, int at) {
        return Optional.ofNullable((Long) row.get(at));
    }
}
