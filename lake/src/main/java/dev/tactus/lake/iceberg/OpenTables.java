package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.remote.RemoteStates;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/// The tables of a catalog that this process has open; each holds the state that was last read of it.
///
/// Not thread-safe.
final class OpenTables {
    private final Map<LakeTable, Table> tables = new EnumMap<>(LakeTable.class);

    void put(LakeTable declared, Table table) {
        tables.put(declared, table);
    }

    /// All of them as one commit left them: none is newer than another.
    ///
    /// They are looked at one by one, until nothing has changed in between; commits are rare beside that.
    Map<LakeTable, Table> together() {
        Map<LakeTable, Table> now = new EnumMap<>(LakeTable.class);
        Map<LakeTable, String> seen = Map.of();
        for (Map<LakeTable, String> again = pointers(now); !again.equals(seen); again = pointers(now)) {
            seen = again;
        }
        return now;
    }

    private Map<LakeTable, String> pointers(Map<LakeTable, Table> refreshed) {
        Map<LakeTable, String> pointers = new EnumMap<>(LakeTable.class);
        for (LakeTable table : LakeTable.values()) {
            refreshed.put(table, fresh(table));
            pointers.put(table, metadata(table));
        }
        return pointers;
    }

    /// One, as fresh as the catalog knows it.
    Table fresh(LakeTable declared) {
        Table table = get(declared);
        table.refresh();
        return table;
    }

    /// Refuses a table that stands at an earlier state than one that was committed: whoever computes from it, or goes
    /// on from it, loses what came after.
    ///
    /// @throws LakeDamaged naming the table, where it stands and where it stood
    void requireNewest(DigestRegister digests, Optional<RemoteStates> served) {
        for (LakeTable declared : LakeTable.values()) {
            if (putBack(declared, digests, served).isPresent()) {
                fresh(declared); // perhaps somebody commits just now
                putBack(declared, digests, served).ifPresent(what -> {
                    throw new LakeDamaged(
                            "the table " + declared.label() + " was put back to an earlier state: " + what
                                    + ". What was committed since is no longer seen. Undo that, or bring ledger and"
                                    + " lake back from one backup (tactus restore)",
                            null);
                });
            }
        }
    }

    private Optional<String> putBack(LakeTable declared, DigestRegister digests, Optional<RemoteStates> served) {
        Optional<String> told = served.flatMap(states -> states.putBack(declared));
        if (told.isPresent()) {
            return told;
        }
        Table table = get(declared);
        Path metadata = DurableFileIO.path(metadata(declared));
        String named = String.valueOf(metadata.getFileName());
        Optional<String> later = digests.newestBeside(metadata)
                .filter(name -> DigestRegister.number(name) > DigestRegister.number(named));
        if (later.isPresent()) {
            return Optional.of("the catalog names " + named + ", although " + later.get() + " was committed after it");
        }
        @Nullable Snapshot current = table.currentSnapshot();
        long stands = current == null ? 0 : current.sequenceNumber();
        for (Snapshot snapshot : table.snapshots()) {
            if (snapshot.sequenceNumber() > stands) {
                return Optional.of("its branch main is at "
                        + (current == null ? "no snapshot" : "snapshot " + current.snapshotId())
                        + ", although snapshot "
                        + snapshot.snapshotId() + " was committed after it");
            }
        }
        return Optional.empty();
    }

    /// The metadata file that was last read of one.
    String metadata(LakeTable declared) {
        return ((HasTableOperations) get(declared)).operations().current().metadataFileLocation();
    }

    private Table get(LakeTable declared) {
        Table table = tables.get(declared);
        if (table == null) {
            throw new IllegalStateException(declared.label() + " was never opened");
        }
        return table;
    }
}
