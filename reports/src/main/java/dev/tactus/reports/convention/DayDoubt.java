package dev.tactus.reports.convention;

import java.time.YearMonth;
import java.util.Set;

/// Days that are read in one order of day and month and could be others in the other order, of which the file says
/// nothing.
///
/// @param months those that the days are of, as they are read
/// @param others those that they would be of
/// @param words for a person, with a cell
public record DayDoubt(Set<YearMonth> months, Set<YearMonth> others, String words) {
    public DayDoubt {
        months = Set.copyOf(months);
        others = Set.copyOf(others);
    }

    /// Whether the days are of more months than in the other order: a statement is of few.
    public boolean areScattered() {
        return months.size() > others.size();
    }
}
