package dev.tactus.reconcile.join;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Period;
import java.util.EnumMap;
import java.util.Map;

/// The files of the lake that a source's period stands on.
public record PeriodParts(String source, Period period) {
    /// The API's days.
    public TablePart streams() {
        return TablePart.days(LakeTable.DAILY_STREAMS, source, period.from(), period.to());
    }

    /// The sales that may matter, of whatever source.
    public TablePart sales() {
        return sales(period);
    }

    /// The sales that may matter to a period.
    public static TablePart sales(Period period) {
        return TablePart.sales(period.from(), period.to());
    }

    /// What the two were reconciled to.
    public TablePart reconciled() {
        return TablePart.period(LakeTable.RECONCILED, source, period.label());
    }

    /// The corrections of closed periods that are counted in this one.
    public TablePart adjustments() {
        return TablePart.period(LakeTable.ADJUSTMENTS, source, period.label());
    }

    /// What it is made from.
    public Map<LakeTable, TablePart> inputs() {
        Map<LakeTable, TablePart> parts = new EnumMap<>(LakeTable.class);
        parts.put(LakeTable.DAILY_STREAMS, streams());
        parts.put(LakeTable.SALES, sales());
        parts.put(LakeTable.USAGE_MATCHES, TablePart.all(LakeTable.USAGE_MATCHES));
        return parts;
    }

    /// What it is made from and what it has come to.
    public Map<LakeTable, TablePart> all() {
        Map<LakeTable, TablePart> parts = inputs();
        parts.put(LakeTable.RECONCILED, reconciled());
        parts.put(LakeTable.ADJUSTMENTS, adjustments());
        return parts;
    }
}
