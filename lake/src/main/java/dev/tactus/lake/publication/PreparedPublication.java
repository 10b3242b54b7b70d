package dev.tactus.lake.publication;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.iceberg.TableChange;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A publication whose files are written and audited, and invisible until it is committed.
///
/// One thread at a time.
public final class PreparedPublication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PreparedPublication.class);

    private final LakeCatalog tables;
    private final Publication publication;
    private final List<Mismatch> mismatches;
    private final List<TableChange> prepared;
    /// Tables whose files a snapshot refers to, or may refer to.
    private final Set<LakeTable> attempted = EnumSet.noneOf(LakeTable.class);

    public PreparedPublication(
            LakeCatalog tables, Publication publication, List<Mismatch> mismatches, List<TableChange> prepared) {
        this.tables = tables;
        this.publication = publication;
        this.mismatches = List.copyOf(mismatches);
        this.prepared = List.copyOf(prepared);
    }

    /// Where staged rows and account differ; anything here and [#commit] refuses. At most a hundred are listed.
    public List<Mismatch> mismatches() {
        return mismatches;
    }

    /// Commits table by table, each exactly once whatever happened before. An interrupt waits until it is done.
    ///
    /// @throws LakeConflict if another process changed a table since it was prepared: prepare again
    /// @throws LakeUnavailable if the machine refuses; a repeated call is safe
    public List<TableCommit> commit(CommitListener log) {
        if (!mismatches.isEmpty()) {
            throw new IllegalStateException("publication " + publication.id() + " does not add up: "
                    + mismatches.getFirst().describe());
        }
        // an interrupt inside the catalog would leave it unknown whether the commit happened
        boolean interrupted = Thread.interrupted();
        try {
            List<TableCommit> all = new ArrayList<>();
            for (LakeTable table : LakeTable.values()) {
                commit(table).ifPresent(committed -> {
                    tables.hint(table);
                    log.committed(committed);
                    all.add(committed);
                });
            }
            return List.copyOf(all);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<TableCommit> commit(LakeTable lakeTable) {
        try {
            return commitOnce(lakeTable);
        } catch (UncheckedIOException | UncheckedSQLException | NotFoundException e) {
            throw LakeFailures.of("the table " + lakeTable.label() + " can't be read", e);
        }
    }

    private Optional<TableCommit> commitOnce(LakeTable lakeTable) {
        Table table = tables.fresh(lakeTable);
        Optional<Snapshot> landed = Snapshots.of(table, publication.id());
        if (landed.isPresent()) {
            return landed.map(snapshot -> Snapshots.committed(lakeTable, snapshot));
        }
        for (TableChange change : prepared) {
            if (change.table() == lakeTable) {
                return Optional.of(commit(change, table));
            }
        }
        return Optional.empty();
    }

    private TableCommit commit(TableChange change, Table table) {
        if (!change.append() && Snapshots.currentId(table) != change.baseSnapshotId()) {
            throw conflict(change, null);
        }
        try {
            attempted.add(change.table());
            update(change, table).commit();
        } catch (ValidationException e) {
            throw conflict(change, e);
        } catch (RuntimeException e) {
            // whatever the answer was: only the snapshots know whether it happened
            LOG.warn(
                    "the answer to a commit of {} was {}; looking it up",
                    change.table().label(),
                    LakeFailures.words(e));
            if (Snapshots.of(tables.fresh(change.table()), publication.id()).isEmpty()) {
                throw LakeFailures.of("the commit of " + change.table().label() + " failed", e);
            }
        }
        return Snapshots.of(tables.fresh(change.table()), publication.id())
                .map(snapshot -> Snapshots.committed(change.table(), snapshot))
                .orElseThrow(() -> new LakeUnavailable(
                        "the commit of " + change.table().label() + " of publication " + publication.id()
                                + " was answered, but is not there; run the same command again",
                        null));
    }

    private SnapshotUpdate<?> update(TableChange change, Table table) {
        SnapshotUpdate<?> update =
                change.append() || (change.added().isEmpty() && change.removed().isEmpty())
                        ? append(change, table)
                        : overwrite(change, table);
        update.set(Snapshots.PUBLICATION, publication.id());
        update.set("tactus.run_id", publication.runId());
        update.set("tactus.source", publication.source());
        update.set(Snapshots.ROWS, Long.toString(change.rows()));
        publication.properties().forEach((name, value) -> update.set("tactus." + name, value));
        return update;
    }

    private static AppendFiles append(TableChange change, Table table) {
        AppendFiles append = table.newAppend();
        change.added().forEach(append::appendFile);
        return append;
    }

    private static OverwriteFiles overwrite(TableChange change, Table table) {
        OverwriteFiles overwrite = table.newOverwrite();
        change.added().forEach(overwrite::addFile);
        change.removed().forEach(overwrite::deleteFile);
        if (change.baseSnapshotId() >= 0) {
            overwrite.validateFromSnapshot(change.baseSnapshotId());
        }
        return overwrite
                .conflictDetectionFilter(change.touched())
                .validateNoConflictingData()
                .validateNoConflictingDeletes();
    }

    private static LakeConflict conflict(TableChange change, @Nullable Exception cause) {
        return new LakeConflict(
                "the table " + change.table().label() + " was changed by another process while this one published;"
                        + " nothing was committed to it. Run the same command again",
                cause);
    }

    /// Deletes the files of what was never tried to commit; those of a failed commit are left to maintenance.
    @Override
    public void close() {
        for (TableChange change : prepared) {
            if (!attempted.contains(change.table())) {
                DataFileWriter.discard(SnapshotFiles.paths(change.added()));
            }
        }
    }
}
