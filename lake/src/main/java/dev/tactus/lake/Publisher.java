package dev.tactus.lake;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/// Turns a publication's staged chunks into audited data files, table by table, partition by partition.
///
/// A partition is written anew: the rows staged for it, and those it held of recordings that were not fetched now.
/// Memory is bounded by DuckDB's limit, whatever the number of rows. One use.
final class Publisher implements AutoCloseable {
    private final Tables tables;
    private final Staging staging;
    private final LakeSettings settings;
    private final Publication publication;
    private final Duck duck;
    private final Map<LakeTable, List<StagedFile>> staged = new EnumMap<>(LakeTable.class);
    private final List<DataFile> written = new ArrayList<>();

    Publisher(Tables tables, Staging staging, LakeSettings settings, Path temporary, Publication publication) {
        this.tables = tables;
        this.staging = staging;
        this.settings = settings;
        this.publication = publication;
        for (StagedFile file : publication.files()) {
            staged.computeIfAbsent(file.table(), _ -> new ArrayList<>()).add(file);
        }
        this.duck = Duck.open(settings, temporary);
    }

    PreparedPublication prepare() {
        staging.check(publication.files());
        new StagedFiles(duck, staging, staged).open();
        loadItems();
        try {
            List<Mismatch> mismatches = new Audit(duck, publication).mismatches(staged);
            List<PreparedTable> prepared = mismatches.isEmpty() ? write() : List.of();
            return new PreparedPublication(tables, publication, mismatches, prepared);
        } catch (RuntimeException e) {
            Rewriter.discard(CurrentFiles.paths(written));
            new StagedFiles(duck, staging, staged).blame(e);
            throw e;
        }
    }

    private List<PreparedTable> write() {
        List<PreparedTable> prepared = new ArrayList<>();
        for (LakeTable lakeTable : LakeTable.values()) {
            Table table = tables.fresh(lakeTable);
            if (Snapshots.of(table, publication.id()).isEmpty()) {
                change(lakeTable, table).forEach(prepared::add);
            }
        }
        return prepared;
    }

    private Stream<PreparedTable> change(LakeTable lakeTable, Table table) {
        return switch (lakeTable) {
            case TRACKS, DAILY_STREAMS, DAILY_LISTENERS, LISTENER_DEMOGRAPHICS -> metrics(lakeTable, table);
            case PAYLOADS -> payloads(table);
            case DRIFT -> whole(lakeTable, LedgerRows.drifts(duck, publication.drifts()));
            case DEAD_LETTERS -> whole(lakeTable, LedgerRows.deadLetters(duck, publication.deadLetters()));
            case SALES, SALES_REJECTS, USAGE_MATCHES, RECONCILED, ADJUSTMENTS -> Stream.empty();
        };
    }

    private Stream<PreparedTable> metrics(LakeTable lakeTable, Table table) {
        List<LocalDate> days = duck.list(
                "SELECT DISTINCT day FROM items WHERE dataset = " + dataset(lakeTable) + " ORDER BY day",
                row -> row.getDate(1).toLocalDate());
        if (days.isEmpty()) {
            return Stream.empty();
        }
        long base = Snapshots.currentId(table);
        List<DataFile> added = new ArrayList<>();
        List<DataFile> removed = new ArrayList<>();
        Expression touched = Expressions.alwaysFalse();
        for (LocalDate day : days) {
            Map<String, Object> partition = Rewriter.partition(lakeTable, publication.source(), day);
            Expression here = CurrentFiles.in(partition);
            touched = Expressions.or(touched, here);
            List<DataFile> present = base < 0 ? List.of() : CurrentFiles.of(table, base, here);
            Day one = new Day(lakeTable, table, day, present);
            if (one.changes()) {
                added.addAll(one.write(partition));
                removed.addAll(present);
            }
        }
        return Stream.of(new PreparedTable(lakeTable, base, rows(lakeTable), added, removed, touched, false));
    }

    /// A day of a metric table: what is staged for it, and what stays of what it held.
    private final class Day {
        private final LakeTable lakeTable;
        private final Rewriter rewriter;
        private final List<DataFile> present;
        private final String staged;
        private final String kept;
        private final long stagedRows;
        private final long keptRows;

        Day(LakeTable lakeTable, Table table, LocalDate day, List<DataFile> present) {
            this.lakeTable = lakeTable;
            this.rewriter = new Rewriter(duck, lakeTable, table, settings.targetFileBytes());
            this.present = present;
            String columns = Sql.names(lakeTable.columns());
            String on = "DATE " + Sql.text(day.toString());
            this.staged = "SELECT " + columns + " FROM "
                    + (Publisher.this.staged.containsKey(lakeTable)
                            ? "staged_" + lakeTable.label()
                            : Sql.nothing(lakeTable))
                    + " WHERE day = " + on;
            this.kept = "SELECT " + columns + " FROM "
                    + CurrentFiles.relation(lakeTable, table, CurrentFiles.paths(present))
                    + " ANTI JOIN (SELECT isrc FROM items WHERE dataset = " + dataset(lakeTable) + " AND day = " + on
                    + ") fetched USING (isrc)";
            this.stagedRows = duck.number("SELECT count(*) FROM (" + staged + ")");
            this.keptRows = present.isEmpty() ? 0 : duck.number("SELECT count(*) FROM (" + kept + ")");
        }

        boolean changes() {
            long presentRows = present.stream().mapToLong(DataFile::recordCount).sum();
            return stagedRows > 0 || keptRows < presentRows;
        }

        List<DataFile> write(Map<String, Object> partition) {
            String merged = keptRows == 0 ? staged : staged + " UNION ALL " + kept;
            Rewriter.Fingerprint expected = rewriter.fingerprint("(" + merged + ")");
            if (expected.rows() != stagedRows + keptRows) {
                throw new LakeDamaged(
                        "%s: %d rows staged and %d kept do not make %d"
                                .formatted(lakeTable.label(), stagedRows, keptRows, expected.rows()),
                        null);
            }
            return remember(rewriter.write(merged, partition, expected));
        }
    }

    private Stream<PreparedTable> payloads(Table table) {
        LakeTable lakeTable = LakeTable.PAYLOADS;
        if (!staged.containsKey(lakeTable)) {
            return Stream.empty();
        }
        String key = Sql.names(lakeTable.key());
        String all = "SELECT " + Sql.names(lakeTable.columns()) + " FROM staged_payloads";
        // the same answer to the same request in the same microsecond is the same payload
        String once = duck.number("SELECT count(*) - count(DISTINCT (" + key + ")) FROM staged_payloads") == 0
                ? all
                : all + " QUALIFY row_number() OVER (PARTITION BY " + key + ") = 1";
        Rewriter rewriter = new Rewriter(duck, lakeTable, table, settings.targetFileBytes());
        Rewriter.Fingerprint expected = rewriter.fingerprint("(" + once + ")");
        Map<String, Object> partition = new LinkedHashMap<>(Map.of("source", publication.source()));
        List<DataFile> added = remember(rewriter.write(once, partition, expected));
        return Stream.of(new PreparedTable(
                lakeTable,
                Snapshots.currentId(table),
                expected.rows(),
                added,
                List.of(),
                Expressions.alwaysFalse(),
                true));
    }

    private Stream<PreparedTable> whole(LakeTable lakeTable, String selection) {
        Optional<PreparedTable> replaced = WholeTable.replaced(duck, lakeTable, tables, settings, selection);
        replaced.ifPresent(table -> remember(table.added()));
        return replaced.stream();
    }

    private List<DataFile> remember(List<DataFile> files) {
        written.addAll(files);
        return files;
    }

    private long rows(LakeTable lakeTable) {
        return staged.getOrDefault(lakeTable, List.of()).stream()
                .mapToLong(StagedFile::rows)
                .sum();
    }

    private static String dataset(LakeTable lakeTable) {
        return lakeTable.dataset().map(d -> Sql.text(d.label())).orElseThrow();
    }

    private void loadItems() {
        duck.run("CREATE TABLE items (dataset VARCHAR, isrc VARCHAR, day DATE, n BIGINT)");
        duck.append("items", appender -> {
            for (FetchedItem item : publication.items()) {
                appender.beginRow()
                        .append(item.dataset().label())
                        .append(item.isrc().value())
                        .append(item.day())
                        .append(item.rows())
                        .endRow();
            }
        });
    }

    @Override
    public void close() {
        duck.close();
    }

    /// The tables a publication touches, for messages.
    @Override
    public String toString() {
        return publication.id() + " "
                + staged.keySet().stream().map(LakeTable::label).collect(Collectors.joining(", "));
    }
}
