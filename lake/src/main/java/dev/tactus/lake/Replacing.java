package dev.tactus.lake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/// Writes the new files of a [PartitionReplacement], proves them, and commits table by table. One use.
final class Replacing {
    private final Tables tables;
    private final LakeSettings settings;
    private final Duck duck;
    private final PartitionReplacement replacement;
    private final List<DataFile> written = new ArrayList<>();

    Replacing(Tables tables, LakeSettings settings, Duck duck, PartitionReplacement replacement) {
        this.tables = tables;
        this.settings = settings;
        this.duck = duck;
        this.replacement = replacement;
    }

    List<Committed> run() {
        Publication publication = new Publication(
                replacement.id(),
                replacement.id(),
                replacement.source(),
                List.of(),
                List.of(),
                properties(),
                List.of(),
                List.of());
        List<PreparedTable> prepared = new ArrayList<>();
        try {
            replacement.selections().forEach((table, selection) -> {
                Table iceberg = tables.fresh(table);
                if (Snapshots.of(iceberg, replacement.id()).isEmpty()) {
                    prepared.add(prepare(table, iceberg, selection));
                }
            });
        } catch (RuntimeException e) {
            Rewriter.discard(CurrentFiles.paths(written));
            throw e;
        }
        try (PreparedPublication commit = new PreparedPublication(tables, publication, List.of(), prepared)) {
            return commit.commit(CommitLog.none());
        }
    }

    private PreparedTable prepare(LakeTable lakeTable, Table table, String selection) {
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("source", replacement.source());
        partition.put("period", replacement.period());
        long base = Snapshots.currentId(table);
        List<DataFile> present = base < 0 ? List.of() : CurrentFiles.of(table, base, CurrentFiles.in(partition));
        Rewriter rewriter = new Rewriter(duck, lakeTable, table, settings.targetFileBytes());
        Rewriter.Fingerprint expected = rewriter.fingerprint("(" + selection + ")");
        List<DataFile> added = rewriter.write(selection, partition, expected);
        written.addAll(added);
        return new PreparedTable(lakeTable, base, expected.rows(), added, present, CurrentFiles.in(partition), false);
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>(replacement.properties());
        properties.put("period", replacement.period());
        return properties;
    }
}
