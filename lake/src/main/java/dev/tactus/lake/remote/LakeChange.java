package dev.tactus.lake.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tactus.lake.files.LakeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotRefType;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.JsonUtil;

/// A change of a lake whose catalog a server keeps: a snapshot without rows of the table `lake_changes`.
///
/// The server takes it only if the one before it is still the newest, so that of several who change the lake one wins.
final class LakeChange {
    static final Schema SCHEMA = new Schema(List.of(Types.NestedField.optional(1, "change", Types.LongType.get())));
    /// Somebody may be about to read the book of one that was the newest a moment ago.
    private static final int KEPT = 10;

    private final CollectedOperations changes;

    LakeChange(CollectedOperations changes) {
        this.changes = changes;
    }

    static Path folder(LakeFiles kept) {
        return kept.folder().resolve("tactus").resolve("lake_changes");
    }

    /// Adds it to what will be sent; returns the snapshot.
    ///
    /// @param book the name of the catalog's book as this change leaves it
    Snapshot add(String book) {
        AppendFiles append = new BaseTable(changes, changes.name().toString()).newFastAppend();
        append.set(BookFiles.PROPERTY, book);
        Snapshot made = append.apply();
        List<MetadataUpdate> updates = new ArrayList<>(List.of(
                new MetadataUpdate.AddSnapshot(inOrder(made)),
                new MetadataUpdate.SetSnapshotRef(
                        SnapshotRef.MAIN_BRANCH, made.snapshotId(), SnapshotRefType.BRANCH, null, null, null)));
        Set<Long> old = changes.current().snapshots().stream()
                .sorted(Comparator.comparingLong(Snapshot::sequenceNumber).reversed())
                .skip(KEPT)
                .map(Snapshot::snapshotId)
                .collect(Collectors.toSet());
        if (!old.isEmpty()) {
            updates.add(new MetadataUpdate.RemoveSnapshots(old));
        }
        changes.collect(updates);
        return made;
    }

    /// Not before the one that it follows, whatever this machine's clock says.
    private Snapshot inOrder(Snapshot made) {
        long last = changes.current().lastUpdatedMillis();
        if (made.timestampMillis() >= last) {
            return made;
        }
        try {
            ObjectNode snapshot = (ObjectNode) JsonUtil.mapper().readTree(SnapshotParser.toJson(made, false));
            return SnapshotParser.fromJson(snapshot.put("timestamp-ms", last).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
