package dev.tactus.lake.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tactus.lake.remote.CollectedOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotRefType;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.util.JsonUtil;

/// Commits to one table at a moment that is given, in place of the machine's time of day.
///
/// Iceberg's own commits stamp metadata with the machine's clock and refuse one that seems older than the last: a clock
/// that was once ahead shuts a table until time has caught up. They also stamp tables that change together
/// differently. So the table's metadata is edited here, as its specification says
/// (<https://iceberg.apache.org/spec/#table-metadata-fields>); Iceberg itself writes manifests, reads the result back,
/// which validates it, and moves the catalog's pointer.
final class TimedCommit {
    /// As the tables' property `write.metadata.previous-versions-max` says.
    private static final int PREVIOUS_VERSIONS = 50;

    /// Of the columns, as the protocol calls those that were added just before.
    private static final int LAST_ADDED = -1;

    private static final String SNAPSHOT_ID = "snapshot-id";
    private static final String LAST_COLUMN = "last-column-id";
    private static final String TIMESTAMP = "timestamp-ms";

    private final TableOperations operations;
    private final Instant at;

    TimedCommit(Table table, Instant at) {
        this.operations = ((HasTableOperations) table).operations();
        this.at = at;
    }

    /// Commits a change of rows.
    ///
    /// @throws org.apache.iceberg.exceptions.ValidationException if another change is in its way
    void snapshot(SnapshotUpdate<?> update) {
        Snapshot made = update.apply();
        ObjectNode snapshot = parsed(SnapshotParser.toJson(made, false));
        snapshot.put(TIMESTAMP, at.toEpochMilli());
        List<MetadataUpdate> updates = List.of(
                new MetadataUpdate.AddSnapshot(SnapshotParser.fromJson(snapshot.toString())),
                ref(SnapshotRef.MAIN_BRANCH, made.snapshotId(), SnapshotRefType.BRANCH));
        commit(operations.current(), updates, metadata -> {
            metadata.withArrayProperty("snapshots").add(snapshot);
            metadata.put("last-sequence-number", made.sequenceNumber());
            metadata.put("current-snapshot-id", made.snapshotId());
            ref(metadata, SnapshotRef.MAIN_BRANCH, made.snapshotId(), "branch");
            metadata.withArrayProperty("snapshot-log")
                    .addObject()
                    .put(TIMESTAMP, at.toEpochMilli())
                    .put(SNAPSHOT_ID, made.snapshotId());
        });
    }

    /// Names a snapshot.
    void tag(String name, long snapshotId) {
        commit(
                operations.refresh(),
                List.of(ref(name, snapshotId, SnapshotRefType.TAG)),
                metadata -> ref(metadata, name, snapshotId, "tag"));
    }

    /// Gives the table other columns.
    void schema(Schema changed) {
        List<MetadataUpdate> updates =
                List.of(new MetadataUpdate.AddSchema(changed), new MetadataUpdate.SetCurrentSchema(LAST_ADDED));
        commit(operations.refresh(), updates, metadata -> {
            ArrayNode schemas = metadata.withArrayProperty("schemas");
            int id = schemas.size();
            ObjectNode added = parsed(SchemaParser.toJson(changed));
            added.put("schema-id", id);
            schemas.add(added);
            metadata.put("current-schema-id", id);
            metadata.put(LAST_COLUMN, Math.max(metadata.path(LAST_COLUMN).asInt(), changed.highestFieldId()));
        });
    }

    /// Forgets snapshots that nothing names. What the log says of the time before the last of them goes too.
    void expire(Collection<Long> snapshotIds) {
        commit(operations.refresh(), List.of(new MetadataUpdate.RemoveSnapshots(Set.copyOf(snapshotIds))), metadata -> {
            Predicate<JsonNode> gone =
                    entry -> snapshotIds.contains(entry.path(SNAPSHOT_ID).asLong());
            ArrayNode snapshots = metadata.withArrayProperty("snapshots");
            ArrayNode log = metadata.withArrayProperty("snapshot-log");
            for (int i = snapshots.size() - 1; i >= 0; i--) {
                if (gone.test(snapshots.get(i))) {
                    snapshots.remove(i);
                }
            }
            for (int i = log.size() - 1; i >= 0; i--) {
                if (gone.test(log.get(i))) {
                    keepLast(log, log.size() - 1 - i);
                    break;
                }
            }
        });
    }

    private static void ref(ObjectNode metadata, String name, long snapshotId, String type) {
        metadata.withObjectProperty("refs")
                .withObjectProperty(name)
                .put(SNAPSHOT_ID, snapshotId)
                .put("type", type);
    }

    private static MetadataUpdate ref(String name, long snapshotId, SnapshotRefType type) {
        return new MetadataUpdate.SetSnapshotRef(name, snapshotId, type, null, null, null);
    }

    /// @param updates the same for a server, which edits the metadata itself
    private void commit(TableMetadata base, List<MetadataUpdate> updates, Consumer<ObjectNode> edit) {
        if (operations instanceof CollectedOperations served) {
            served.collect(updates);
            return;
        }
        ObjectNode metadata = parsed(TableMetadataParser.toJson(base));
        edit.accept(metadata);
        metadata.put("last-updated-ms", at.toEpochMilli());
        ArrayNode log = metadata.withArrayProperty("metadata-log");
        log.addObject().put(TIMESTAMP, base.lastUpdatedMillis()).put("metadata-file", base.metadataFileLocation());
        keepLast(log, PREVIOUS_VERSIONS);
        operations.commit(base, TableMetadataParser.fromJson(metadata.toString()));
        operations.refresh();
    }

    private static void keepLast(ArrayNode entries, int count) {
        while (entries.size() > count) {
            entries.remove(0);
        }
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) JsonUtil.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
