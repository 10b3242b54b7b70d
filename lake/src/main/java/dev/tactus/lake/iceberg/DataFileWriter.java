package dev.tactus.lake.iceberg;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a partition's rows into data files of bounded size, forces them to disk and proves that they hold the rows.
///
/// Each file's digest is taken as soon as it is closed, before it is read back, and stands in its name. The files are
/// invisible until a commit names them.
public final class DataFileWriter {
    private static final Logger log = LoggerFactory.getLogger(DataFileWriter.class);

    private final DuckDb duck;
    private final LakeTable lakeTable;
    private final Table table;
    private final long targetFileBytes;
    private final LakeFiles files;

    public DataFileWriter(DuckDb duck, LakeTable lakeTable, Table table, long targetFileBytes) {
        this.duck = duck;
        this.lakeTable = lakeTable;
        this.table = table;
        this.targetFileBytes = targetFileBytes;
        this.files = DurableFileIO.of(table);
    }

    /// How many rows there are and what they are, in any order: two sets of rows agree in it or differ.
    public record Fingerprint(long rows, String hashes) {}

    /// Writes a selection's rows and proves, by reading them back, that the files hold them.
    ///
    /// @param selection a SELECT of all columns of the table, its rows all of one partition
    /// @throws LakeDamaged if what was written is not what was selected; nothing stays then
    public List<DataFile> write(String selection, Map<String, Object> partition, Fingerprint expected) {
        if (expected.rows() == 0) {
            return List.of();
        }
        List<DataFile> written = writeUnproven(selection, partition);
        Fingerprint found = readBack(written);
        if (!found.equals(expected)) {
            discard(written);
            throw new LakeDamaged(
                    "what was written to " + folder(partition) + " is not what was to be written: " + expected
                            + " became " + found
                            + "; nothing was published. Check the disk and the memory of this machine",
                    null);
        }
        return written;
    }

    private Fingerprint readBack(List<DataFile> written) {
        try {
            return fingerprint(SnapshotFiles.alike(lakeTable, files, written));
        } catch (RuntimeException e) {
            discard(written);
            if (e instanceof LakeException) {
                throw e;
            }
            throw new LakeDamaged(
                    "what was just written can't be read back (" + LakeFailures.words(e)
                            + "); nothing was published. Check the disk and the memory of this machine, then run the"
                            + " same command again",
                    e);
        }
    }

    /// The same for a selection that can be read once only: the caller proves what the files hold.
    public List<DataFile> writeUnproven(String selection, Map<String, Object> partition) {
        return writeTyped("SELECT " + DuckDbSql.typed(lakeTable) + " FROM (" + selection + ")", partition);
    }

    /// The same for a selection whose columns are the table's, in its order and of its types already.
    public List<DataFile> writeTyped(String selection, Map<String, Object> partition) {
        Path folder = folder(partition);
        String batch = UUID.randomUUID().toString();
        List<ParquetStats> written = new ArrayList<>();
        try {
            files.makeFolder(folder);
            if (lakeTable == LakeTable.PAYLOADS) {
                duck.makeRoomFor(1);
                duck.makeRoomFor(duck.number("SELECT max(octet_length(body)) FROM (" + selection + ")"));
            }
            written.addAll(duck.list(
                    copy(selection, files.place(folder), batch), row -> ParquetStats.read(row, table.schema())));
            duck.makeRoomFor(0);
            for (ListIterator<ParquetStats> each = written.listIterator(); each.hasNext(); ) {
                ParquetStats file = each.next();
                files.closed(Path.of(file.path()));
                Path noted = NotedDigest.note(Path.of(file.path()), folder, files);
                each.set(file.at(DurableFileIO.location(noted)));
            }
            files.keepFolder(folder);
        } catch (IOException | RuntimeException e) {
            discardBatch(folder, batch);
            throw LakeFailures.of("data files can't be written to " + folder, e);
        }
        return written.stream().map(file -> dataFile(file, partition)).toList();
    }

    public Fingerprint fingerprint(String relation) {
        if (lakeTable == LakeTable.PAYLOADS) {
            duck.makeRoomFor(1);
        }
        Fingerprint found = duck.one(
                "SELECT count(*), CAST(coalesce(sum(hash(" + DuckDbSql.names(lakeTable.columns())
                        + ")), 0) AS VARCHAR) FROM " + relation + " t",
                row -> new Fingerprint(row.getLong(1), row.getString(2)));
        duck.makeRoomFor(0);
        return found;
    }

    /// Deletes files that no commit names.
    public void discard(List<DataFile> unnamed) {
        SnapshotFiles.discard(files, unnamed);
    }

    /// A COPY that fails halfway tells no names.
    private void discardBatch(Path folder, String batch) {
        try {
            for (Path file : files.under(folder)) {
                if (file.getFileName().toString().startsWith(batch)) {
                    files.delete(file);
                }
            }
        } catch (IOException e) {
            log.warn("truncated files in {} are left to maintenance", folder, e);
        }
    }

    private String copy(String selection, Path folder, String batch) {
        return "COPY (" + selection + ") TO " + DuckDbSql.text(folder.toString())
                + " (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL " + level() + ", FILE_SIZE_BYTES "
                + targetFileBytes
                + ", ROW_GROUP_SIZE_BYTES '8MB', FILENAME_PATTERN '" + batch
                + "-{i}', OVERWRITE_OR_IGNORE true, RETURN_STATS true"
                + ", FIELD_IDS " + DuckDbSql.fieldIds(lakeTable) + ")";
    }

    /// Sales are mostly their rows' text: with level 3, DuckDB's default, they take a tenth of an import's CPU longer
    /// and come out no smaller (docs/benchmarks.md). The others are as they were.
    private int level() {
        return lakeTable == LakeTable.SALES ? 1 : 3;
    }

    private Path folder(Map<String, Object> partition) {
        Path folder = DurableFileIO.path(table.location()).resolve("data");
        for (Map.Entry<String, Object> part : partition.entrySet()) {
            folder = folder.resolve(
                    part.getKey() + "=" + URLEncoder.encode(part.getValue().toString(), StandardCharsets.UTF_8));
        }
        return folder;
    }

    private DataFile dataFile(ParquetStats file, Map<String, Object> partition) {
        PartitionSpec spec = table.spec();
        DataFiles.Builder builder = DataFiles.builder(spec)
                .withPath(file.path())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.bytes())
                .withMetrics(file.metrics());
        if (spec.isPartitioned()) {
            PartitionData values = new PartitionData(spec.partitionType());
            int place = 0;
            for (Object value : partition.values()) {
                values.set(place++, value instanceof LocalDate day ? Math.toIntExact(day.toEpochDay()) : value);
            }
            builder.withPartition(values);
        }
        return builder.build();
    }

    /// A partition's values by column, in the order of the table's partitioning.
    public static Map<String, Object> partition(LakeTable table, String source, LocalDate day) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : table.partitionedBy()) {
            values.put(column, column.equals("day") ? day : source);
        }
        return values;
    }
}
