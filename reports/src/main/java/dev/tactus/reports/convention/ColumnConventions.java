package dev.tactus.reports.convention;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.layout.FieldRule;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.PeriodFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the columns of a particular file are written, where that is not as its layout says: one way for each column,
/// decided over the whole file. Immutable.
public record ColumnConventions(Map<ReportField, NumberFormat> numbers, Map<ReportField, List<PeriodFormat>> days) {
    public ColumnConventions {
        numbers = Map.copyOf(numbers);
        days = Map.copyOf(days);
    }

    /// As the layout says.
    public static ColumnConventions ofLayout() {
        return new ColumnConventions(Map.of(), Map.of());
    }

    public NumberFormat numbers(ReportField field, NumberFormat layout) {
        return numbers.getOrDefault(field, layout);
    }

    public FieldRule rule(ReportField field, FieldRule layout) {
        return Optional.ofNullable(days.get(field)).map(layout::withFormats).orElse(layout);
    }
}
