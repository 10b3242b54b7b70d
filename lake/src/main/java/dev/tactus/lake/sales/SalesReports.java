package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.iceberg.CommitLabel;
import dev.tactus.lake.iceberg.CommitSequence;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.TableChange;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The sales reports in the lake: written whole, and taken out whole. Thread-safe.
public final class SalesReports {
    private static final String SOURCE = "reports";

    private final LakeCatalog catalog;
    private final LakeSettings settings;
    private final Path temporary;

    public SalesReports(LakeCatalog catalog, LakeSettings settings, Path temporary) {
        this.catalog = catalog;
        this.settings = settings;
        this.temporary = temporary;
    }

    /// A writer for the rows of one report; close it when they are committed, or given up.
    ///
    /// @param reportId never used before
    public SalesWriter writer(String reportId, String sender) {
        return catalog.locked("the report " + reportId + " can't be written", () -> {
            // the writer brings its own threads: one of DuckDB's would spin for work beside them
            DuckDb duck = DuckDb.open(settings.withThreads(1), temporary);
            try {
                return new SalesWriter(this, duck, reportId, sender);
            } catch (SQLException | RuntimeException e) {
                duck.close();
                throw LakeFailures.of("the report " + reportId + " can't be written", e);
            }
        });
    }

    /// Reports that become visible together; close it when they are committed, or given up.
    public SalesBatch batch() {
        return new SalesBatch(this);
    }

    DuckDb duck() {
        return DuckDb.open(settings, temporary);
    }

    /// Takes the rows of reports out of the lake's current state; earlier snapshots keep them.
    ///
    /// @param publicationId carried by the snapshots, so that it is done once; a repeated call is safe
    /// @return how many rows of sales went
    public long remove(String publicationId, Set<String> reportIds, Map<String, String> properties) {
        List<TableCommit> commits = commit(publicationId, properties, () -> {
            try (DuckDb duck = duck()) {
                return Stream.of(LakeTable.SALES_REJECTS, LakeTable.DEDUCTIONS, LakeTable.SALES)
                        .map(table -> removal(duck, table, reportIds).with(table, List.of(), 0))
                        .toList();
            }
        });
        return commits.stream()
                .filter(commit -> commit.table() == LakeTable.SALES)
                .mapToLong(commit -> commit.removed() - commit.added())
                .sum();
    }

    SalesRemoval removal(DuckDb duck, LakeTable table, Set<String> reportIds) {
        return SalesRemoval.prepare(duck, table, catalog, settings, reportIds);
    }

    List<TableCommit> commit(String id, Map<String, String> properties, Supplier<List<TableChange>> changes) {
        return CommitSequence.once(catalog, LakeTable.SALES, CommitLabel.of(id, SOURCE, properties), changes);
    }

    /// The rows of all reports as they are now, for a FROM clause.
    String current() {
        return catalog.locked(
                "the table sales can't be read",
                () -> SnapshotFiles.current(LakeTable.SALES, catalog.fresh(LakeTable.SALES)));
    }

    /// What all reports deduct, for a FROM clause.
    String deductions() {
        return catalog.locked(
                "the table deductions can't be read",
                () -> SnapshotFiles.current(LakeTable.DEDUCTIONS, catalog.fresh(LakeTable.DEDUCTIONS)));
    }

    /// What people have decided about usage, for a FROM clause.
    String matches() {
        return catalog.locked(
                "the table usage_matches can't be read",
                () -> SnapshotFiles.current(LakeTable.USAGE_MATCHES, catalog.fresh(LakeTable.USAGE_MATCHES)));
    }

    LakeCatalog catalog() {
        return catalog;
    }

    LakeSettings settings() {
        return settings;
    }
}
