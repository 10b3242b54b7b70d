package dev.tactus.lake.remote;

import dev.tactus.digest.Sha256;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/// What a table's metadata says that readers go by, as sums: a server writes the metadata in its own way.
///
/// @param changes the table's sequence number
/// @param head of the snapshot that it stands at
/// @param whole of its columns, its place, all its snapshots and their names
public record TableState(long changes, Sha256 head, Sha256 whole) {
    static TableState of(TableMetadata metadata) {
        @Nullable Snapshot current = metadata.currentSnapshot();
        StringJoiner whole = new StringJoiner("\n");
        whole.add(metadata.uuid())
                .add(metadata.location())
                .add(SchemaParser.toJson(metadata.schema()))
                .add(PartitionSpecParser.toJson(metadata.spec()));
        Map<Long, String> snapshots = new TreeMap<>();
        metadata.snapshots().forEach(one -> snapshots.put(one.snapshotId(), line(one)));
        snapshots.values().forEach(whole::add);
        new TreeMap<>(metadata.refs())
                .forEach((name, ref) -> whole.add(name + " " + ref.type() + " " + ref.snapshotId()));
        return new TableState(
                metadata.lastSequenceNumber(),
                Sha256.of(Optional.ofNullable(current).map(TableState::line).orElse("")),
                Sha256.of(whole.toString()));
    }

    private static String line(Snapshot snapshot) {
        return snapshot.snapshotId() + " " + snapshot.parentId() + " " + snapshot.sequenceNumber() + " "
                + snapshot.timestampMillis() + " " + snapshot.manifestListLocation() + " "
                + new TreeMap<>(snapshot.summary());
    }
}
