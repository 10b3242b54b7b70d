package dev.tactus.lake.publication;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.iceberg.CommitSequence;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.iceberg.TableChange;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.staging.StagedViews;
import dev.tactus.lake.staging.StagingFolder;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
public final class PublicationWriter implements AutoCloseable {
    private final LakeCatalog tables;
    private final StagingFolder staging;
    private final LakeSettings settings;
    private final Publication publication;
    private final DuckDb duck;
    private final Map<LakeTable, List<StagedFile>> staged = new EnumMap<>(LakeTable.class);
    private final List<DataFile> written = new ArrayList<>();

    public PublicationWriter(
            LakeCatalog tables, StagingFolder staging, LakeSettings settings, Path temporary, Publication publication) {
        this.tables = tables;
        this.staging = staging;
        this.settings = settings;
        this.publication = publication;
        for (StagedFile file : publication.files()) {
            staged.computeIfAbsent(file.table(), _ -> new ArrayList<>()).add(file);
        }
        this.duck = DuckDb.open(settings, temporary);
    }

    public PreparedPublication prepare() {
        staging.check(publication.files());
        new StagedViews(duck, staging, staged).open();
        loadItems();
        try {
            List<Mismatch> mismatches = new PublicationAudit(duck, publication).mismatches(staged);
            List<TableChange> prepared = mismatches.isEmpty() ? write() : List.of();
            return new PreparedPublication(
                    publication.id(), mismatches, new CommitSequence(tables, publication.label(), prepared));
        } catch (RuntimeException e) {
            tables.discard(written);
            new StagedViews(duck, staging, staged).blame(e);
            throw e;
        }
    }

    private List<TableChange> write() {
        List<TableChange> prepared = new ArrayList<>();
        Set<LakeTable> landed =
                CommitSequence.landed(tables, publication.label()).keySet();
        for (LakeTable lakeTable : LakeTable.values()) {
            Table table = tables.fresh(lakeTable);
            if (!landed.contains(lakeTable)) {
                change(lakeTable, table).forEach(prepared::add);
            }
        }
        return prepared;
    }

    private Stream<TableChange> change(LakeTable lakeTable, Table table) {
        return switch (lakeTable) {
            case TRACKS, DAILY_STREAMS, DAILY_LISTENERS, LISTENER_DEMOGRAPHICS -> metrics(lakeTable, table);
            case PAYLOADS -> payloads(table);
            case DRIFT -> whole(lakeTable, LedgerRows.drifts(duck, publication.drifts()));
            case DEAD_LETTERS -> whole(lakeTable, LedgerRows.deadLetters(duck, publication.deadLetters()));
            case SALES, SALES_REJECTS, DEDUCTIONS, USAGE_MATCHES, REPORT_DECISIONS, RECONCILED, ADJUSTMENTS ->
                Stream.empty();
        };
    }

    private Stream<TableChange> metrics(LakeTable lakeTable, Table table) {
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
            Map<String, Object> partition = DataFileWriter.partition(lakeTable, publication.source(), day);
            Expression here = SnapshotFiles.in(partition);
            touched = Expressions.or(touched, here);
            List<DataFile> present = base < 0 ? List.of() : SnapshotFiles.of(table, base, here);
            DayPartition one = new DayPartition(lakeTable, table, day, present);
            if (one.changes()) {
                added.addAll(one.write(partition));
                removed.addAll(present);
            }
        }
        return Stream.of(new TableChange(lakeTable, base, rows(lakeTable), added, removed, touched, false));
    }

    /// A day of a metric table: what is staged for it, and what stays of what it held.
    private final class DayPartition {
        private final LakeTable lakeTable;
        private final DataFileWriter rewriter;
        private final List<DataFile> present;
        private final String staged;
        private final String kept;
        private final long stagedRows;
        private final long keptRows;

        DayPartition(LakeTable lakeTable, Table table, LocalDate day, List<DataFile> present) {
            this.lakeTable = lakeTable;
            this.rewriter = new DataFileWriter(duck, lakeTable, table, settings.targetFileBytes());
            this.present = present;
            tables.files().require(lakeTable, present);
            String columns = DuckDbSql.names(lakeTable.columns());
            String on = "DATE " + DuckDbSql.text(day.toString());
            this.staged = "SELECT " + columns + " FROM "
                    + (PublicationWriter.this.staged.containsKey(lakeTable)
                            ? "staged_" + lakeTable.label()
                            : DuckDbSql.nothing(lakeTable))
                    + " WHERE day = " + on;
            this.kept = "SELECT " + columns + " FROM "
                    + SnapshotFiles.relation(lakeTable, table, SnapshotFiles.paths(present))
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
            DataFileWriter.Fingerprint expected = rewriter.fingerprint("(" + merged + ")");
            if (expected.rows() != stagedRows + keptRows) {
                throw new LakeDamaged(
                        "%s: %d rows staged and %d kept do not make %d"
                                .formatted(lakeTable.label(), stagedRows, keptRows, expected.rows()),
                        null);
            }
            return remember(rewriter.write(merged, partition, expected));
        }
    }

    private Stream<TableChange> payloads(Table table) {
        LakeTable lakeTable = LakeTable.PAYLOADS;
        if (!staged.containsKey(lakeTable)) {
            return Stream.empty();
        }
        String key = DuckDbSql.names(lakeTable.key());
        String all = "SELECT " + DuckDbSql.names(lakeTable.columns()) + " FROM staged_payloads";
        // the same answer to the same request in the same microsecond is the same payload
        String once = duck.number("SELECT count(*) - count(DISTINCT (" + key + ")) FROM staged_payloads") == 0
                ? all
                : all + " QUALIFY row_number() OVER (PARTITION BY " + key + ") = 1";
        DataFileWriter rewriter = new DataFileWriter(duck, lakeTable, table, settings.targetFileBytes());
        DataFileWriter.Fingerprint expected = rewriter.fingerprint("(" + once + ")");
        Map<String, Object> partition = new LinkedHashMap<>(Map.of("source", publication.source()));
        List<DataFile> added = remember(rewriter.write(once, partition, expected));
        return Stream.of(new TableChange(
                lakeTable,
                Snapshots.currentId(table),
                expected.rows(),
                added,
                List.of(),
                Expressions.alwaysFalse(),
                true));
    }

    private Stream<TableChange> whole(LakeTable lakeTable, String selection) {
        Optional<TableChange> replaced = TableReplacement.replaced(duck, lakeTable, tables, settings, selection);
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
        return lakeTable.dataset().map(d -> DuckDbSql.text(d.label())).orElseThrow();
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
