package dev.tactus.reconcile;

import dev.tactus.lake.LakeTable;
import java.util.EnumMap;
import java.util.Map;

/// A source and period that were reconciled.
///
/// @param id of what it was made from: the same inputs and rules have the same
/// @param written whether `reconciled` was changed; it already held the same otherwise
/// @param inputs the snapshots that were read
/// @param snapshotId of `reconciled`, that holds it
public record Reconciliation(
        String id,
        String source,
        Period period,
        Rules rules,
        boolean written,
        Map<LakeTable, Long> inputs,
        long snapshotId,
        Totals totals) {
    public Reconciliation {
        Map<LakeTable, Long> sorted = new EnumMap<>(LakeTable.class);
        sorted.putAll(inputs);
        inputs = sorted;
    }
}
