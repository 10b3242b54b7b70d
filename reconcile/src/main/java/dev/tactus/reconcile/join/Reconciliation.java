package dev.tactus.reconcile.join;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconciliationRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A source and period that were reconciled.
///
/// @param id of what it was made from: the same inputs and rules have the same
/// @param written whether anything was changed; the tables already held the same otherwise
/// @param inputs the snapshots that were read
/// @param outputs the snapshots of `reconciled`, and of `adjustments` where there ever was one, that hold it
/// @param adjustments what it corrects of closed periods
/// @param kept what it leaves out of closed periods, by what was decided when they were closed
public record Reconciliation(
        String id,
        String source,
        Period period,
        ReconciliationRules rules,
        boolean written,
        Map<LakeTable, Long> inputs,
        Map<LakeTable, Long> outputs,
        List<Adjustment> adjustments,
        List<KeptDecision> kept,
        ReconciliationTotals totals) {
    /// Without copies that could change; the tables in their order.
    public Reconciliation {
        inputs = sorted(inputs);
        outputs = sorted(outputs);
        adjustments = List.copyOf(adjustments);
        kept = List.copyOf(kept);
    }

    private static Map<LakeTable, Long> sorted(Map<LakeTable, Long> snapshots) {
        Map<LakeTable, Long> sorted = new EnumMap<>(LakeTable.class);
        sorted.putAll(snapshots);
        return sorted;
    }

    /// Whether neither side has anything for the period, and nothing is corrected in it.
    public boolean isEmpty() {
        return totals.all().rows() == 0 && totals.leftOut().isEmpty() && adjustments.isEmpty() && kept.isEmpty();
    }

    /// Everything it stands on and is: the snapshots that a close keeps.
    public Map<LakeTable, Long> snapshots() {
        Map<LakeTable, Long> all = sorted(inputs);
        all.putAll(outputs);
        return all;
    }
}
