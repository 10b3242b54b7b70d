package dev.tactus.lake.query;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.Preconditions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// New rows for one source and period of tables that are partitioned by these.
///
/// @param id unique for ever; the tables' snapshots carry it
/// @param properties more for the snapshots' summaries, by short name
/// @param selections for each table a SELECT of all its columns, every row of this source and period; in the order of
///     the tables they are written and committed
public record PartitionReplacement(
        String id, String source, String period, Map<String, String> properties, Map<LakeTable, String> selections) {
    public PartitionReplacement {
        Preconditions.notBlank("id", id);
        Preconditions.notBlank("source", source);
        Preconditions.notBlank("period", period);
        properties = Map.copyOf(properties);
        Map<LakeTable, String> sorted = new EnumMap<>(LakeTable.class);
        sorted.putAll(selections);
        selections = sorted;
        for (LakeTable table : selections.keySet()) {
            if (!table.partitionedBy().equals(List.of("source", "period"))) {
                throw new IllegalArgumentException(table.label() + " has no partitions by source and period");
            }
        }
    }

    /// The same rows, each table's selection put another way.
    PartitionReplacement reading(UnaryOperator<String> another) {
        Map<LakeTable, String> read = new EnumMap<>(LakeTable.class);
        selections.forEach((table, selection) -> read.put(table, another.apply(selection)));
        return new PartitionReplacement(id, source, period, properties, read);
    }
}
