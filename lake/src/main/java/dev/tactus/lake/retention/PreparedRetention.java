package dev.tactus.lake.retention;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.iceberg.TableRewrite;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/// Files without the bytes that are let go, on disk and invisible until they are committed; closing them uncommitted
/// leaves nothing.
///
/// Whatever snapshot names a file that holds such bytes, the file is written anew without them: a close's tag keeps its
/// files for ever, and the bytes would stay in them.
/// To be used while its workbench is open, by one thread.
public final class PreparedRetention implements AutoCloseable {
    /// One file comes of one file.
    private static final long UNDIVIDED = 1L << 50;

    private final LakeCatalog tables;
    private final Path folder;
    private final RetentionScope scope;
    private final List<ReleasedFile> files = new ArrayList<>();
    private final List<TableRewrite> rewrites = new ArrayList<>();
    private final List<DataFile> written = new ArrayList<>();
    private boolean attempted;
    private long rows;

    public PreparedRetention(LakeCatalog tables, Path folder, DuckDb duck, RetentionScope scope) {
        this.tables = tables;
        this.folder = folder;
        this.scope = scope;
        try {
            scope.kind().tables().forEach(table -> write(table, duck));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void write(LakeTable lakeTable, DuckDb duck) {
        Table table = tables.fresh(lakeTable);
        DataFileWriter writer = new DataFileWriter(duck, lakeTable, table, UNDIVIDED);
        Map<String, DataFile> inPlace = new HashMap<>();
        List<String> holding = new ArrayList<>();
        for (DataFile file : SnapshotFiles.ever(table)) {
            String relation = SnapshotFiles.relation(lakeTable, table, List.of(file.location()));
            long released = duck.number("SELECT count(*) FROM " + relation + " t WHERE " + scope.condition());
            if (released > 0) {
                tables.files().require(lakeTable, List.of(file));
                DataFile without = without(lakeTable, writer, file, relation);
                inPlace.put(file.location(), without);
                holding.add(file.location());
                files.add(new ReleasedFile(digest(lakeTable, file), released, digest(lakeTable, without)));
            }
        }
        if (!holding.isEmpty()) {
            // compaction and corrections leave a row in several files
            rows += duck.number("SELECT count(*) FROM (SELECT DISTINCT " + DuckDbSql.names(lakeTable.key()) + " FROM "
                    + SnapshotFiles.relation(lakeTable, table, holding) + " t WHERE " + scope.condition() + ")");
            rewrite(lakeTable, table, inPlace);
        }
    }

    private DataFile without(LakeTable lakeTable, DataFileWriter writer, DataFile file, String relation) {
        String staying = scope.without(relation + " t");
        List<DataFile> made = writer.write(
                staying, SnapshotFiles.partition(lakeTable, file), writer.fingerprint("(" + staying + ")"));
        written.addAll(made);
        if (made.size() != 1 || made.getFirst().recordCount() != file.recordCount()) {
            throw new LakeDamaged(
                    "the file " + file.location() + " of " + lakeTable.label()
                            + " can't be written anew as one file of as many rows; nothing was let go",
                    null);
        }
        return made.getFirst();
    }

    private FileDigest digest(LakeTable lakeTable, DataFile file) {
        return tables.files().digests(lakeTable, List.of(file)).getFirst();
    }

    /// What other programs read is the current snapshot: it names the new files.
    private void rewrite(LakeTable lakeTable, Table table, Map<String, DataFile> inPlace) {
        long base = Snapshots.currentId(table);
        if (base < 0) {
            return;
        }
        Set<DataFile> gone = new HashSet<>();
        Set<DataFile> come = new HashSet<>();
        for (DataFile file : SnapshotFiles.of(table, base, Expressions.alwaysTrue())) {
            DataFile without = inPlace.get(file.location());
            if (without != null) {
                gone.add(file);
                come.add(without);
            }
        }
        if (!gone.isEmpty()) {
            RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(base);
            gone.forEach(rewrite::deleteFile);
            come.forEach(rewrite::addFile);
            rewrite.set(Snapshots.MAINTENANCE, "retention");
            rewrites.add(new TableRewrite(lakeTable, table, rewrite));
        }
    }

    /// The files that go, in the order of their tables; none where there is nothing to let go.
    public List<ReleasedFile> files() {
        return List.copyOf(files);
    }

    /// How many rows let bytes go, each once in however many files it is.
    public long rows() {
        return rows;
    }

    /// Puts the new files in the place of the old ones, in the current snapshots and for whoever reads an earlier one,
    /// in one moment. The old files are still on the disk then.
    ///
    /// @param id of the retention's record
    public void commit(String id) {
        tables.locked("the retention " + id + " can't be committed", () -> {
            attempted = true;
            Map<Path, Path> places = new HashMap<>();
            files.forEach(file -> places.put(
                    folder.resolve(file.file().path()),
                    folder.resolve(file.replacement().path())));
            tables.release(id, rewrites, places);
            return places;
        });
    }

    @Override
    public void close() {
        if (!attempted) {
            tables.discard(written);
        }
    }
}
