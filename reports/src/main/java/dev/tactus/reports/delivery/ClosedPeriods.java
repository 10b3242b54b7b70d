package dev.tactus.reports.delivery;

import java.time.LocalDate;
import java.util.List;

/// Tells which periods are closed. What was closed stays as it was, whatever is imported; rows about it become
/// adjustments of a period that is open.
@FunctionalInterface
public interface ClosedPeriods {
    /// The closed periods that have any of these days, as people name them.
    List<String> closed(LocalDate from, LocalDate to);

    /// Nothing is closed.
    static ClosedPeriods none() {
        return (from, to) -> List.of();
    }
}
