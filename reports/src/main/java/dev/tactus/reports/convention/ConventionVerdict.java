package dev.tactus.reports.convention;

import java.util.List;
import java.util.Optional;

/// What a whole file tells of how its columns are written.
///
/// @param contradictions of cells of one column, with the cells
/// @param other how the file is to be read, if that is another way than it was read in
/// @param remarks on columns that are not written as the layout says
public record ConventionVerdict(List<String> contradictions, Optional<ColumnConventions> other, List<String> remarks) {
    public ConventionVerdict {
        contradictions = List.copyOf(contradictions);
        remarks = List.copyOf(remarks);
    }

    public static ConventionVerdict none() {
        return new ConventionVerdict(List.of(), Optional.empty(), List.of());
    }
}
