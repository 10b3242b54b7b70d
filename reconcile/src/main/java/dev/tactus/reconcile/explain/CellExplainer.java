package dev.tactus.reconcile.explain;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.explain.CellExplanation.ApiDay;
import dev.tactus.reconcile.explain.CellExplanation.StatementRow;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.CloseManifest;
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

/// Leads from payable cells to the answers and the lines of statements that they are made of.
///
/// A closed period is read as it was closed, an open one as it was reconciled last: the rows name the snapshots that
/// they were made from. It reads only the files that can hold the recording, and does not compare them with their
/// digests: that is an audit's work. It changes nothing.
public final class CellExplainer {
    private static final String WORLD = "WW";

    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final int megabytes;

    public CellExplainer(Ledger ledger, Lake lake, ServiceSources services, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.megabytes = megabytes;
    }

    /// The cells of a key, each with what it is made of.
    ///
    /// @throws PeriodRefusal if there is none
    public List<CellExplanation> explain(CellKey key) {
        Map<String, PeriodRecord> closes = ledger.periods().list().stream()
                .filter(PeriodRecord::closes)
                .filter(record -> new Period(record.from(), record.to()).equals(key.period()))
                .filter(record -> ledger.periods().inForce(record.source()).contains(record))
                .collect(Collectors.toMap(PeriodRecord::source, record -> record));
        List<CellExplanation> found = new ArrayList<>();
        Found once = new Found(new HashMap<>(), new HashMap<>());
        try (Workbench bench = lake.workbench(megabytes)) {
            for (Cell cell : cells(bench, TablePart.all(LakeTable.RECONCILED), Optional.empty(), key)) {
                if (!closes.containsKey(cell.source())) {
                    found.add(explained(
                            bench, key, cell, Optional.empty(), bench.snapshots(), TerritoryGroups.LATEST, once));
                }
            }
            for (PeriodRecord close : closes.values()) {
                CloseManifest manifest = CloseManifest.of(lake, close).orElseThrow(() -> CloseManifest.damaged(close));
                Map<LakeTable, Long> tagged = lake.tagged(manifest.tag());
                TablePart part = TablePart.period(
                        LakeTable.RECONCILED, close.source(), key.period().label());
                for (Cell cell : cells(bench, part, Optional.ofNullable(tagged.get(LakeTable.RECONCILED)), key)) {
                    found.add(explained(
                            bench,
                            key,
                            cell,
                            Optional.of(close.id()),
                            tagged,
                            manifest.rules().groups(),
                            once));
                }
            }
        }
        if (found.isEmpty()) {
            throw new PeriodRefusal("nothing of " + key.isrc() + " was reconciled in " + key.period()
                    + key.source().map(source -> " for " + source).orElse("")
                    + key.territory().map(territory -> " in " + territory).orElse("")
                    + key.usage().map(usage -> " as " + usage).orElse("")
                    + "; tactus reconcile --period " + key.period() + " comes first");
        }
        return found;
    }

    /// A row of `reconciled`.
    private record Cell(
            String source,
            String isrc,
            String title,
            String territory,
            String usage,
            Optional<Long> apiCount,
            Optional<Long> reportCount,
            long payableCount,
            String basis,
            String finality,
            String status,
            String explanation,
            Optional<Long> apiSnapshot,
            Optional<Long> reportSnapshot) {
        static Cell of(List<@Nullable Object> row) {
            return new Cell(
                    text(row, 0),
                    text(row, 1),
                    text(row, 2),
                    text(row, 3),
                    text(row, 4),
                    number(row, 5),
                    number(row, 6),
                    number(row, 7).orElse(0L),
                    text(row, 8),
                    text(row, 9),
                    text(row, 10),
                    text(row, 11),
                    number(row, 12),
                    number(row, 13));
        }
    }

    private static List<Cell> cells(Workbench bench, TablePart part, Optional<Long> snapshot, CellKey key) {
        String reconciled =
                bench.glance(part.andIsrc(key.isrc()), snapshot.or(() -> bench.snapshot(LakeTable.RECONCILED)));
        return QueryRows.list(
                        bench,
                        SqlResource.of(CellExplainer.class, "cell")
                                .insert("reconciled", reconciled)
                                .with("isrc", key.isrc())
                                .with("period", key.period().label())
                                .text(),
                        Cell::of)
                .stream()
                .filter(cell -> key.source().isEmpty() || key.source().get().equals(cell.source()))
                .filter(cell ->
                        key.territory().isEmpty() || key.territory().get().equals(cell.territory()))
                .filter(cell -> key.usage().isEmpty() || key.usage().get().equals(cell.usage()))
                .toList();
    }

    /// What was read of a source's snapshots, so that all cells of a recording are read at once.
    private record Found(Map<String, List<ApiDay>> days, Map<String, List<Sale>> sales) {}

    private CellExplanation explained(
            Workbench bench,
            CellKey key,
            Cell cell,
            Optional<String> closeId,
            Map<LakeTable, Long> snapshots,
            int groups,
            Found once) {
        List<String> notes = new ArrayList<>();
        List<ApiDay> days = List.of();
        if (cell.apiCount().isPresent()) {
            Optional<Long> at = at(LakeTable.DAILY_STREAMS, cell.apiSnapshot(), snapshots, notes);
            days = once.days().computeIfAbsent(cell.source() + at, _ -> days(bench, key, cell.source(), at)).stream()
                    // the world is the sum of all that the API knows
                    .filter(day ->
                            cell.territory().equals(WORLD) || day.territory().equals(cell.territory()))
                    .toList();
        }
        Optional<Long> at = at(LakeTable.SALES, cell.reportSnapshot(), snapshots, notes);
        List<Sale> sales =
                once.sales().computeIfAbsent(cell.source() + at, _ -> sales(bench, key, at, snapshots)).stream()
                        .filter(sale -> services.name(sale.row().service()).equals(cell.source()))
                        .filter(sale -> sale.usage().equals(cell.usage()))
                        .toList();
        List<StatementRow> rows =
                GroupsAside.of(TerritoryGroups.version(groups), sales).rows(cell.territory());
        return new CellExplanation(
                cell.source(),
                key.period().label(),
                cell.isrc(),
                cell.title(),
                cell.territory(),
                cell.usage(),
                closeId,
                cell.apiCount(),
                cell.reportCount(),
                cell.payableCount(),
                cell.basis(),
                cell.finality(),
                cell.status(),
                cell.explanation(),
                days,
                rows,
                notes);
    }

    /// The snapshot that a cell was made from; the one there is now where maintenance has expired it.
    private Optional<Long> at(
            LakeTable table, Optional<Long> made, Map<LakeTable, Long> snapshots, List<String> notes) {
        if (made.isPresent() && lake.table(table).snapshot(made.get()).exists()) {
            return made;
        }
        made.ifPresent(id -> notes.add("the version of " + table.label()
                + " that it was made from has expired; what stands there now is shown"));
        return Optional.ofNullable(snapshots.get(table));
    }

    private static List<ApiDay> days(Workbench bench, CellKey key, String source, Optional<Long> snapshot) {
        TablePart part = new PeriodParts(source, key.period()).streams().andIsrc(key.isrc());
        return QueryRows.list(
                bench,
                SqlResource.of(CellExplainer.class, "api_day")
                        .insert("streams", bench.glance(part, snapshot))
                        .insert(
                                "payloads",
                                bench.glance(
                                        TablePart.source(LakeTable.PAYLOADS, source),
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

    private List<Sale> sales(Workbench bench, CellKey key, Optional<Long> snapshot, Map<LakeTable, Long> snapshots) {
        String sales = bench.glance(PeriodParts.sales(key.period()), snapshot);
        String matches = bench.glance(
                TablePart.all(LakeTable.USAGE_MATCHES), Optional.ofNullable(snapshots.get(LakeTable.USAGE_MATCHES)));
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
        Map<String, Optional<Report>> reports = new HashMap<>();
        List<Sale> found = new ArrayList<>();
        if (!own.isEmpty()) {
            found.addAll(sales(bench, key, sales, "isrc IN " + list(own), reports));
        }
        if (!matched.isEmpty()) {
            found.addAll(sales(bench, key, sales, "isrc IS NULL AND usage_key IN " + list(matched), reports));
        }
        return found;
    }

    private List<Sale> sales(
            Workbench bench, CellKey key, String sales, String which, Map<String, Optional<Report>> reports) {
        return QueryRows.list(
                bench,
                SqlResource.of(CellExplainer.class, "statement_row")
                        .insert("sales", sales)
                        .insert("which", which)
                        .with("from", key.period().from())
                        .with("to", key.period().to())
                        .text(),
                row -> sale(key, row, reports.computeIfAbsent(text(row, 0), ledger.reports()::find)));
    }

    private static Sale sale(CellKey key, List<@Nullable Object> row, Optional<Report> report) {
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
