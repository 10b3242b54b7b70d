package dev.tactus.reports.layout;

import java.util.Optional;

/// Totals that a report states of itself: they are no sales, and the rows are checked against them.
///
/// @param when which rows state them; absent where the preamble does
/// @param rows the column that states how many rows of sales there are
public record TotalRule(
        Optional<RowRule> when,
        Optional<ColumnName> rows,
        Optional<ColumnName> quantity,
        Optional<ColumnName> netRevenue) {}
