package dev.tactus.reports.layout;

import dev.tactus.reports.DeductionKind;
import java.util.Optional;
import java.util.Set;

/// Where a layout finds what is taken off the label's money: in rows that are nothing else, or in a column.
///
/// @param when which rows are nothing else; their amount is what `net_revenue` says
/// @param column whose amounts are taken off, beside what the row is besides
/// @param records the kinds of records that have the column; empty where rows are of one kind
public record DeductionRule(
        DeductionKind kind, Optional<RowRule> when, Optional<ColumnName> column, Set<String> records) {
    public DeductionRule {
        records = Set.copyOf(records);
    }
}
