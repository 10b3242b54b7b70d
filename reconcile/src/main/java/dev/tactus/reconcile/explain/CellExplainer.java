package dev.tactus.reconcile.explain;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.explain.CellExplanation.ApiDay;
import dev.tactus.reconcile.explain.CellExplanation.StatementRow;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Leads from payable cells to the answers and the lines of statements that they are made of.
///
/// A closed period is read as it was closed, an open one as it was reconciled last: the rows name the snapshots that
/// they were made from. It reads only the files that can hold the recording, each compared with its digest first. It
/// changes nothing.
public final class CellExplainer {
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
        try (Workbench bench = lake.workbench(megabytes)) {
            CellParts parts = new CellParts(ledger, services, bench, key);
            for (Cell cell : cells(bench, TablePart.all(LakeTable.RECONCILED), Optional.empty(), key)) {
                if (!closes.containsKey(cell.source())) {
                    found.add(explained(parts, key, cell, Optional.empty(), bench.snapshots(), TerritoryGroups.LATEST));
                }
            }
            for (PeriodRecord close : closes.values()) {
                CloseManifest manifest = CloseManifest.of(lake, close).orElseThrow(() -> CloseManifest.damaged(close));
                Map<LakeTable, Long> tagged = lake.tagged(manifest.tag());
                TablePart part = TablePart.period(
                        LakeTable.RECONCILED, close.source(), key.period().label());
                for (Cell cell : cells(bench, part, Optional.ofNullable(tagged.get(LakeTable.RECONCILED)), key)) {
                    found.add(explained(
                            parts,
                            key,
                            cell,
                            Optional.of(close.id()),
                            tagged,
                            manifest.rules().groups()));
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
            Optional<Long> reportSnapshot,
            List<Money> revenues) {
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
                    number(row, 13),
                    text(row, 14)
                            .lines()
                            .map(line -> line.split(" ", 2))
                            .map(parts -> new Money(parts[0], new BigDecimal(parts[1])))
                            .toList());
        }
    }

    private static List<Cell> cells(Workbench bench, TablePart part, Optional<Long> snapshot, CellKey key) {
        String reconciled =
                bench.relation(part.andIsrc(key.isrc()), snapshot.or(() -> bench.snapshot(LakeTable.RECONCILED)));
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

    private CellExplanation explained(
            CellParts parts,
            CellKey key,
            Cell cell,
            Optional<String> closeId,
            Map<LakeTable, Long> snapshots,
            int groups) {
        List<String> notes = new ArrayList<>();
        List<ApiDay> days = List.of();
        boolean open = closeId.isEmpty();
        CellFreshness freshness = new CellFreshness(key.period(), cell.source());
        if (cell.apiCount().isPresent()) {
            Optional<Long> at = at(LakeTable.DAILY_STREAMS, cell.apiSnapshot(), snapshots, notes);
            days = parts.days(cell.source(), cell.territory(), at);
            Optional<Long> now = Optional.ofNullable(snapshots.get(LakeTable.DAILY_STREAMS));
            if (open && !now.equals(at)) {
                freshness
                        .days(days, parts.days(cell.source(), cell.territory(), now))
                        .ifPresent(notes::add);
            }
        }
        Optional<Long> at = at(LakeTable.SALES, cell.reportSnapshot(), snapshots, notes);
        List<StatementRow> rows = rows(parts, cell, at, snapshots, groups);
        Optional<Long> now = Optional.ofNullable(snapshots.get(LakeTable.SALES));
        if (open && !now.equals(at)) {
            freshness.rows(rows, rows(parts, cell, now, snapshots, groups)).ifPresent(notes::add);
        }
        return new CellExplanation(
                cell.source(),
                key.period().label(),
                cell.isrc(),
                cell.title(),
                cell.territory(),
                cell.usage(),
                closeId,
                open ? freshness.reopened(ledger.periods().list()) : Optional.empty(),
                cell.apiCount(),
                cell.reportCount(),
                cell.revenues(),
                cell.payableCount(),
                cell.basis(),
                cell.finality(),
                cell.status(),
                cell.explanation(),
                days,
                rows,
                notes);
    }

    private static List<StatementRow> rows(
            CellParts parts, Cell cell, Optional<Long> at, Map<LakeTable, Long> snapshots, int groups) {
        return parts.aside(
                        groups,
                        cell.source(),
                        cell.usage(),
                        at,
                        Optional.ofNullable(snapshots.get(LakeTable.USAGE_MATCHES)))
                .rows(cell.territory());
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

    private static String text(List<@Nullable Object> row, int at) {
        Object value = row.get(at);
        return value == null ? "" : value.toString();
    }

    private static Optional<Long> number(List<@Nullable Object> row, int at) {
        return Optional.ofNullable((Long) row.get(at));
    }
}
