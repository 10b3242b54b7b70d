package dev.tactus.reports.delivery;

import dev.tactus.ledger.royalty.Report;
import java.time.LocalDate;
import java.util.List;

/// Tells which periods are closed. What was closed stays as it was, whatever is imported; rows about it become
/// adjustments of a period that is open.
@FunctionalInterface
public interface ClosedPeriods {
    /// The closed periods that have any of these days, as people name them.
    List<String> closed(LocalDate from, LocalDate to);

    /// The closed periods that a report is about.
    default List<String> of(Report report) {
        return report.usageStart()
                .flatMap(from -> report.usageEnd().map(to -> closed(from, to)))
                .orElse(List.of());
    }

    /// Nothing is closed.
    static ClosedPeriods none() {
        return (from, to) -> List.of();
    }
}
