package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/// The data files of a snapshot, or of one of its partitions.
public final class SnapshotFiles {
    private SnapshotFiles() {}

    public static List<DataFile> of(Table table, long snapshotId, Expression where) {
        TableScan scan = table.newScan().useSnapshot(snapshotId).filter(where);
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.deletes().isEmpty()) {
                    throw new LakeDamaged(
                            "the table " + table.name() + " has delete files, which Tactus neither writes nor reads;"
                                    + " compact it with the program that made them",
                            null);
                }
                files.add(inPlace(table, task.file().copyWithoutStats()));
            }
            return files;
        } catch (IOException e) {
            throw LakeFailures.of("the files of " + table.name() + " can't be listed", e);
        }
    }

    /// The data files of every snapshot that the table still has, each once.
    public static List<DataFile> ever(Table table) {
        Map<String, DataFile> files = new TreeMap<>();
        Set<String> manifests = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
                if (manifests.add(manifest.path())) {
                    live(table, manifest, files);
                }
            }
        }
        return List.copyOf(files.values());
    }

    private static void live(Table table, ManifestFile manifest, Map<String, DataFile> files) {
        try (ManifestReader<DataFile> entries = ManifestFiles.read(manifest, table.io(), table.specs())) {
            for (DataFile file : entries) {
                DataFile now = inPlace(table, file.copyWithoutStats());
                files.put(now.location(), now);
            }
        } catch (IOException e) {
            throw LakeFailures.of("the manifest " + manifest.path() + " can't be read", e);
        }
    }

    /// A file as the snapshot names it, or the one that took its place when its bytes were let go.
    private static DataFile inPlace(Table table, DataFile file) {
        Path path = DurableFileIO.path(file.location());
        Path place = table.io() instanceof DurableFileIO files ? files.place(path) : path;
        return place.equals(path)
                ? file
                : DataFiles.builder(table.specs().get(file.specId()))
                        .copy(file)
                        .withPath(DurableFileIO.location(place))
                        .withFileSizeInBytes(DataFileDigests.bytes(DurableFileIO.of(table), place))
                        .build();
    }

    /// A file's partition, by column.
    public static Map<String, Object> partition(LakeTable lakeTable, DataFile file) {
        Map<String, Object> values = new LinkedHashMap<>();
        StructLike partition = file.partition();
        List<String> columns = lakeTable.partitionedBy();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            values.put(
                    column,
                    column.equals("day")
                            ? LocalDate.ofEpochDay(partition.get(i, Integer.class))
                            : partition.get(i, CharSequence.class).toString());
        }
        return values;
    }

    /// The rows of files of a table, for a FROM clause.
    public static String relation(LakeTable lakeTable, Table table, List<String> paths) {
        List<String> local = local(DurableFileIO.of(table), paths);
        return table.schemas().size() == 1 ? DuckDbSql.readAlike(lakeTable, local) : DuckDbSql.read(lakeTable, local);
    }

    /// The same of files that were just written, and have the columns of now.
    public static String alike(LakeTable lakeTable, LakeFiles kept, List<DataFile> written) {
        return DuckDbSql.readAlike(lakeTable, local(kept, paths(written)));
    }

    /// Where an engine on this machine reads them.
    private static List<String> local(LakeFiles kept, List<String> locations) {
        return locations.stream()
                .map(DurableFileIO::path)
                .map(file -> local(kept, file))
                .toList();
    }

    private static String local(LakeFiles kept, Path file) {
        try {
            return kept.local(file, NotedDigest.of(file).map(Sha256::parse)).toString();
        } catch (NoSuchFileException e) {
            throw new LakeDamaged(
                    "the data file " + DurableFileIO.location(file) + " is missing. " + LakeDamaged.REMEDY, e);
        } catch (IOException e) {
            throw LakeFailures.of("the data file " + DurableFileIO.location(file) + " can't be fetched", e);
        }
    }

    static void discard(LakeFiles kept, List<DataFile> unnamed) {
        for (DataFile file : unnamed) {
            try {
                kept.delete(DurableFileIO.path(file.location()));
            } catch (IOException e) {
                throw LakeFailures.of(file.location() + " can't be deleted", e);
            }
        }
    }

    /// The rows of a table as they are now, for a FROM clause.
    public static String current(LakeTable lakeTable, Table table) {
        long snapshot = Snapshots.currentId(table);
        List<DataFile> files = snapshot < 0 ? List.of() : of(table, snapshot, Expressions.alwaysTrue());
        return relation(lakeTable, table, paths(files));
    }

    public static List<String> paths(List<DataFile> files) {
        return files.stream().map(DataFile::location).toList();
    }

    /// Exactly one partition.
    public static Expression in(Map<String, Object> partition) {
        Expression all = Expressions.alwaysTrue();
        for (Map.Entry<String, Object> part : partition.entrySet()) {
            Object value =
                    part.getValue() instanceof LocalDate day ? Math.toIntExact(day.toEpochDay()) : part.getValue();
            all = Expressions.and(all, Expressions.equal(part.getKey(), value));
        }
        return all;
    }
}
