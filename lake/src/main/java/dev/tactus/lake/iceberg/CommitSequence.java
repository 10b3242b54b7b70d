package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes of several tables whose files are written and invisible until they are committed; closing them uncommitted
/// leaves nothing.
///
/// One thread at a time.
public final class CommitSequence implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CommitSequence.class);

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
    /// @param of a table that always has it when it is done
    public static List<TableCommit> once(
            LakeCatalog catalog, LakeTable of, CommitLabel label, Supplier<List<TableChange>> changes) {
        return catalog.locked("the table " + of.label() + " can't be changed", () -> {
            // versions that committed table by table committed this one last
            boolean done = Snapshots.of(catalog.fresh(of), label).isPresent();
            try (CommitSequence sequence = new CommitSequence(catalog, label, done ? List.of() : changes.get())) {
                return sequence.commit(CommitListener.none());
            }
        });
    }

    /// Commits all of them in one moment, exactly once whatever happened before. An interrupt waits until it is done.
    ///
    /// @param listener told when all of it is visible
    /// @throws LakeConflict if another process changed a table since it was prepared: prepare again
    /// @throws LakeUnavailable if the machine refuses; a repeated call is safe
    public List<TableCommit> commit(CommitListener listener) {
        List<TableCommit> all = catalog.locked("the tables can't be read", this::commit);
        changes.forEach(change -> catalog.kept()
                .release(SnapshotFiles.paths(change.added()).stream()
                        .map(DurableFileIO::path)
                        .toList()));
        catalog.hint(all.stream().map(TableCommit::table).toList());
        all.forEach(listener::committed);
        return all;
    }

    private List<TableCommit> commit() {
        try {
            catalog.atOnce(this::commitAll);
        } catch (LakeConflict e) {
            throw e;
        } catch (RuntimeException e) {
            // whatever the answer was: only the snapshots know whether it happened
            log.warn("the answer to the commit of {} was {}; looking it up", label.id(), LakeFailures.words(e));
            if (changes.isEmpty() || !landed().keySet().containsAll(tables())) {
                throw LakeFailures.of("the commit of " + label.id() + " failed, nothing of it is visible", e);
            }
        }
        Map<LakeTable, TableCommit> landed = landed();
        if (!landed.keySet().containsAll(tables())) {
            throw new LakeUnavailable(
                    "the commit of " + label.id() + " was answered, but is not there; run the same command again",
                    null);
        }
        return List.copyOf(landed.values());
    }

    private int commitAll(Instant at) {
        Map<LakeTable, TableCommit> landed = landed();
        for (TableChange change : changes) {
            if (!landed.containsKey(change.table())) {
                commit(change, catalog.fresh(change.table()), at);
            }
        }
        return changes.size();
    }

    private Set<LakeTable> tables() {
        return changes.stream().map(TableChange::table).collect(Collectors.toSet());
    }

    /// The tables that have it, in the order in which they are declared.
    private Map<LakeTable, TableCommit> landed() {
        return landed(catalog, label);
    }

    /// The same for a commit that may have been made long ago.
    ///
    /// @throws LakeDamaged if a snapshot carries its id and is not it
    public static Map<LakeTable, TableCommit> landed(LakeCatalog catalog, CommitLabel label) {
        Map<LakeTable, TableCommit> landed = new EnumMap<>(LakeTable.class);
        catalog.together()
                .forEach((lakeTable, table) -> Snapshots.of(table, label)
                        .ifPresent(snapshot -> landed.put(lakeTable, Snapshots.committed(lakeTable, snapshot))));
        return landed;
    }

    private void commit(TableChange change, Table table, Instant at) {
        if (!change.append() && Snapshots.currentId(table) != change.baseSnapshotId()) {
            throw conflict(change, null);
        }
        attempted.add(change.table());
        try {
            new TimedCommit(table, at).snapshot(update(change, table));
        } catch (ValidationException | CommitFailedException e) {
            throw conflict(change, e);
        }
    }

    private SnapshotUpdate<?> update(TableChange change, Table table) {
        SnapshotUpdate<?> update =
                change.append() || (change.added().isEmpty() && change.removed().isEmpty())
                        ? append(change, table)
                        : overwrite(change, table);
        update.set(Snapshots.PUBLICATION, label.id());
        update.set(Snapshots.RUN, label.runId());
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
                        + " nothing was committed. Run the same command again",
                cause);
    }

    /// Deletes the files of what was never tried to commit; those of a failed commit are left to maintenance.
    @Override
    public void close() {
        for (TableChange change : changes) {
            if (!attempted.contains(change.table())) {
                catalog.discard(change.added());
            }
        }
    }
}
