package dev.tactus.lake.maintenance;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;

/// Merges the small files of each partition; the rows stay the same, which is proven before the commit.
final class Compaction {
    private final LakeSettings settings;
    private final Path temporary;
    private final LakeCatalog tables;
    private final LakeTable lakeTable;
    private final Table table;

    Compaction(LakeSettings settings, Path temporary, LakeCatalog tables, LakeTable lakeTable, Table table) {
        this.settings = settings;
        this.temporary = temporary;
        this.tables = tables;
        this.lakeTable = lakeTable;
        this.table = table;
    }

    void run() {
        long base = Snapshots.currentId(table);
        Map<Map<String, Object>, List<DataFile>> small = small(base);
        if (!small.isEmpty()) {
            merge(base, small);
        }
    }

    /// How many files less there would be, if what is merged of a partition is one file.
    long mergeable() {
        return small(Snapshots.currentId(table)).values().stream()
                .mapToLong(files -> files.size() - 1)
                .sum();
    }

    /// The files that are to be merged, by partition: two or more in each.
    private Map<Map<String, Object>, List<DataFile>> small(long base) {
        Map<Map<String, Object>, List<DataFile>> small = new LinkedHashMap<>();
        if (base < 0) {
            return small;
        }
        for (DataFile file : SnapshotFiles.of(table, base, Expressions.alwaysTrue())) {
            // a file of another partitioning was not written by Tactus: left alone
            if (file.specId() == table.spec().specId() && file.fileSizeInBytes() < settings.targetFileBytes() / 2) {
                small.computeIfAbsent(SnapshotFiles.partition(lakeTable, file), _ -> new ArrayList<>())
                        .add(file);
            }
        }
        small.values().removeIf(files -> files.size() < 2);
        return small;
    }

    private void merge(long base, Map<Map<String, Object>, List<DataFile>> small) {
        Set<DataFile> merged = new HashSet<>();
        Set<DataFile> written = new HashSet<>();
        try (DuckDb duck = DuckDb.open(settings, temporary)) {
            DataFileWriter rewriter = new DataFileWriter(duck, lakeTable, table, settings.targetFileBytes());
            small.forEach((partition, files) -> {
                tables.files().require(lakeTable, files);
                String relation = SnapshotFiles.relation(lakeTable, table, SnapshotFiles.paths(files));
                DataFileWriter.Fingerprint rows = rewriter.fingerprint(relation);
                long noted = files.stream().mapToLong(DataFile::recordCount).sum();
                if (rows.rows() != noted) {
                    throw new LakeDamaged(
                            "the files of %s in %s hold %d rows where the table's metadata says %d"
                                    .formatted(lakeTable.label(), partition, rows.rows(), noted),
                            null);
                }
                written.addAll(rewriter.write("SELECT * FROM " + relation, partition, rows));
                merged.addAll(files);
            });
        } catch (RuntimeException e) {
            tables.discard(List.copyOf(written));
            throw e;
        }
        commit(base, merged, written);
    }

    private void commit(long base, Set<DataFile> merged, Set<DataFile> written) {
        RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(base);
        merged.forEach(rewrite::deleteFile);
        written.forEach(rewrite::addFile);
        rewrite.set(Snapshots.MAINTENANCE, "compaction");
        try {
            tables.commit(table, rewrite);
        } catch (ValidationException e) {
            throw new LakeConflict(
                    "the table " + lakeTable.label() + " was changed by another process during maintenance; nothing is"
                            + " lost. Run maintenance again",
                    e);
        } catch (RuntimeException e) {
            throw LakeFailures.of("the compaction of " + lakeTable.label() + " can't be committed", e);
        }
    }
}
