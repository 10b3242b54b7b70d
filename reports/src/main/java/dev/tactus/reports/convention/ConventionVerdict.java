package dev.tactus.reports.convention;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.PeriodFormat;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a whole file tells of how its columns are written.
///
/// @param contradictions of cells of one column, with the cells
/// @param other how the file is to be read, if that is another way than it was read in
/// @param remarks on columns that are not written as the layout says
/// @param doubts about days of which nothing in the file tells the order of day and month
public record ConventionVerdict(
        List<String> contradictions,
        Optional<ColumnConventions> other,
        List<String> remarks,
        Map<ReportField, DayDoubt> doubts) {
    public ConventionVerdict {
        doubts = Map.copyOf(doubts);
        contradictions = List.copyOf(contradictions);
        remarks = List.copyOf(remarks);
    }

    /// What several kinds of records tell of the columns that they have in common.
    public static ConventionVerdict of(List<ConventionVerdict> kinds) {
        Map<ReportField, NumberFormat> numbers = new EnumMap<>(ReportField.class);
        Map<ReportField, List<PeriodFormat>> days = new EnumMap<>(ReportField.class);
        Map<ReportField, DayDoubt> doubts = new EnumMap<>(ReportField.class);
        Set<String> contradictions = new LinkedHashSet<>();
        Set<String> remarks = new LinkedHashSet<>();
        for (ConventionVerdict kind : kinds) {
            contradictions.addAll(kind.contradictions());
            remarks.addAll(kind.remarks());
            doubts.putAll(kind.doubts());
            kind.other().ifPresent(other -> {
                other.numbers().forEach((field, format) -> {
                    NumberFormat before = numbers.put(field, format);
                    if (before != null && !before.equals(format)) {
                        contradictions.add(field.label() + " is written in two ways by records of different kinds");
                    }
                });
                days.putAll(other.days());
            });
        }
        return new ConventionVerdict(
                List.copyOf(contradictions),
                numbers.isEmpty() && days.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ColumnConventions(numbers, days)),
                List.copyOf(remarks),
                doubts);
    }

    public static ConventionVerdict none() {
        return new ConventionVerdict(List.of(), Optional.empty(), List.of(), Map.of());
    }
}
