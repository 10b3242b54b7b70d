package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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

/// Changes of several tables whose files are written and invisible until they are committed; closing them uncommitted
/// leaves nothing.
///
/// One thread at a time.
public final class CommitSequence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitSequence.class);

    private final LakeCatalog catalog;
    private final CommitLabel label;
    private final List<TableChange> changes;
    /// Tables whose files a snapshot refers to, or may refer to.
    private final Set<LakeTable> attempted = EnumSet.noneOf(LakeTable.class);

    public CommitSequence(LakeCatalog catalog, CommitLabel label, List<TableChange> changes) {
        this.catalog = catalog;
        this.label = label;
        this.changes = List.copyOf(changes);
    }

    /// Makes changes and commits them, if that has not been done before.
    ///
    /// @param last the table that is committed last: once it is, all is
    public static List<TableCommit> once(
            LakeCatalog catalog, LakeTable last, CommitLabel label, Supplier<List<TableChange>> changes) {
        return catalog.locked("the table " + last.label() + " can't be changed", () -> {
            boolean done = Snapshots.of(catalog.fresh(last), label.id()).isPresent();
            try (CommitSequence sequence = new CommitSequence(catalog, label, done ? List.of() : changes.get())) {
                return sequence.commit(CommitListener.none());
            }
        });
    }

    /// Commits table by table, each exactly once whatever happened before. An interrupt waits until it is done.
    ///
    /// @throws LakeConflict if another process changed a table since it was prepared: prepare again
    /// @throws LakeUnavailable if the machine refuses; a repeated call is safe
    public List<TableCommit> commit(CommitListener listener) {
        // an interrupt inside the catalog would leave it unknown whether the commit happened
        boolean interrupted = Thread.interrupted();
        try {
            List<TableCommit> all = new ArrayList<>();
            for (LakeTable table : LakeTable.values()) {
                commit(table).ifPresent(committed -> {
                    catalog.hint(table);
                    listener.committed(committed);
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
        Table table = catalog.fresh(lakeTable);
        Optional<Snapshot> landed = Snapshots.of(table, label.id());
        if (landed.isPresent()) {
            return landed.map(snapshot -> Snapshots.committed(lakeTable, snapshot));
        }
        for (TableChange change : changes) {
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
            if (Snapshots.of(catalog.fresh(change.table()), label.id()).isEmpty()) {
                throw LakeFailures.of("the commit of " + change.table().label() + " failed", e);
            }
        }
        return Snapshots.of(catalog.fresh(change.table()), label.id())
                .map(snapshot -> Snapshots.committed(change.table(), snapshot))
                .orElseThrow(() -> new LakeUnavailable(
                        "the commit of " + change.table().label() + " of publication " + label.id()
                                + " was answered, but is not there; run the same command again",
                        null));
    }

    private SnapshotUpdate<?> update(TableChange change, Table table) {
        SnapshotUpdate<?> update =
                change.append() || (change.added().isEmpty() && change.removed().isEmpty())
                        ? append(change, table)
                        : overwrite(change, table);
        update.set(Snapshots.PUBLICATION, label.id());
        update.set("tactus.run_id", label.runId());
        update.set("tactus.source", label.source());
        update.set(Snapshots.ROWS, Long.toString(change.rows()));
        label.properties().forEach((name, value) -> update.set("tactus." + name, value));
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
        for (TableChange change : changes) {
            if (!attempted.contains(change.table())) {
                DataFileWriter.discard(SnapshotFiles.paths(change.added()));
            }
        }
    }
}
