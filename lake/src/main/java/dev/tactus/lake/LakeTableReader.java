package dev.tactus.lake;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.iceberg.DataFileDigests;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.HintState;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.SnapshotRecord;
import dev.tactus.lake.table.TablePart;
import dev.tactus.lake.table.TableSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/// One table of a lake: what it holds, its snapshots and the files that they are made of. Thread-safe.
public final class LakeTableReader {
    private final LakeCatalog catalog;
    private final LakeFolder folder;
    private final LakeTable declared;

    LakeTableReader(LakeCatalog catalog, LakeFolder folder, LakeTable declared) {
        this.catalog = catalog;
        this.folder = folder;
        this.declared = declared;
    }

    /// What it holds now.
    public TableSummary summary() {
        return read(table -> {
            @Nullable Snapshot current = table.currentSnapshot();
            Map<String, String> summary = current == null ? Map.of() : current.summary();
            long snapshots = 0;
            for (Snapshot _ : table.snapshots()) {
                snapshots++;
            }
            return new TableSummary(
                    declared,
                    Snapshots.number(summary, "total-records"),
                    Snapshots.number(summary, "total-data-files"),
                    Snapshots.number(summary, "total-files-size"),
                    snapshots,
                    current == null ? null : current.snapshotId(),
                    current == null ? null : Instant.ofEpochMilli(current.timestampMillis()),
                    table.location(),
                    catalog.metadata(declared));
        });
    }

    /// Whether its current snapshot refers to a data file.
    public boolean refersTo(String path) {
        Path file = folder.path().resolve(path);
        return read(table -> {
            long current = Snapshots.currentId(table);
            return current >= 0
                    && SnapshotFiles.of(table, current, Expressions.alwaysTrue()).stream()
                            .anyMatch(
                                    each -> DurableFileIO.path(each.location()).equals(file));
        });
    }

    /// What the newest commit that replaced a source and period said of itself; empty where none is known.
    public Map<String, String> lastReplacement(String source, String period) {
        return read(table -> Snapshots.lastReplacement(table, source, period));
    }

    /// What each snapshot that is kept says of itself.
    public List<SnapshotRecord> snapshots() {
        return read(table -> {
            List<SnapshotRecord> records = new ArrayList<>();
            for (Snapshot snapshot : table.snapshots()) {
                Map<String, String> summary = snapshot.summary();
                records.add(new SnapshotRecord(
                        snapshot.snapshotId(),
                        Optional.ofNullable(summary.get(Snapshots.PUBLICATION)),
                        Optional.ofNullable(summary.get(Snapshots.RUN)),
                        summary.containsKey(Snapshots.MAINTENANCE)));
            }
            return records;
        });
    }

    /// One of its snapshots, which need not be there.
    public AtSnapshot snapshot(long id) {
        return new AtSnapshot(id);
    }

    /// What the data files of every snapshot that is kept are now, beside what was noted when they were written; each
    /// is read to its last byte.
    public List<FileVerdict> verdicts() {
        return read(table -> {
            catalog.files().forget();
            return verdicts(SnapshotFiles.ever(table));
        });
    }

    /// What its metadata is now, beside what was noted when it was written: metadata files, copies for readers by
    /// path, manifest lists and manifests of every snapshot. After one that is damaged there may be others.
    public List<FileVerdict> metadataVerdicts() {
        return read(table -> catalog.metadata().verdicts(declared, table));
    }

    /// Where readers by path are led.
    public HintState leads() {
        return read(table -> catalog.metadata().leads(table));
    }

    private List<FileVerdict> verdicts(List<DataFile> files) {
        return files.stream()
                .map(file -> catalog.files().verdict(declared, file))
                .toList();
    }

    private <T> T read(Function<Table, T> reading) {
        return catalog.locked(
                "the table " + declared.label() + " can't be read", () -> reading.apply(catalog.fresh(declared)));
    }

    /// The table as it was at one commit.
    public final class AtSnapshot {
        private final long id;

        private AtSnapshot(long id) {
            this.id = id;
        }

        /// Whether maintenance has not expired it.
        public boolean exists() {
            return read(table -> table.snapshot(id) != null);
        }

        /// The data files of part of the table, each read to its last byte, unless it was before, and proven.
        ///
        /// @throws LakeDamaged if one is not what was written
        public List<FileDigest> digests(TablePart part) {
            return read(table -> catalog.files().digests(declared, SnapshotFiles.of(table, id, part.where())));
        }

        /// What the data files of part of the table are now, beside what was noted when they were written; each is read
        /// to its last byte, unless it was before.
        public List<FileVerdict> verdicts(TablePart part) {
            return read(table -> LakeTableReader.this.verdicts(SnapshotFiles.of(table, id, part.where())));
        }

        /// The data files that its commit added, as noted when they were written.
        public List<FileDigest> addedDigests() {
            return read(table -> {
                List<DataFile> files = new ArrayList<>();
                SnapshotChanges.builderFor(table)
                        .snapshot(table.snapshot(id))
                        .build()
                        .addedDataFiles()
                        .forEach(files::add);
                return DataFileDigests.noted(catalog.kept(), declared, files);
            });
        }
    }
}
