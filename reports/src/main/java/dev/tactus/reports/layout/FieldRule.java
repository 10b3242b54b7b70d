package dev.tactus.reports.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a layout finds a field, and how it reads it.
///
/// @param columns in order; the first one that is not empty counts
/// @param header a pattern over the headings whose first group is the value, such as a currency
/// @param constant the value where no column has one
/// @param formats of dates and periods, in order
/// @param map from what stands there, in lower case, to what it means
/// @param otherwise what anything else means; absent: what stands there
/// @param pattern whose first group is the value within the cell
/// @param whole what a period that is written as one of its days stands for
/// @param badIsAbsent whether a value that can't be read counts as none, rather than rejecting the row
public record FieldRule(
        List<ColumnName> columns,
        Optional<ColumnName> header,
        Optional<String> constant,
        List<PeriodFormat> formats,
        Map<String, String> map,
        Optional<String> otherwise,
        Optional<Pattern> pattern,
        Optional<PeriodUnit> whole,
        boolean badIsAbsent) {
    /// A period that a day in it stands for.
    public enum PeriodUnit {
        MONTH,
        QUARTER,
        YEAR
    }

    public FieldRule {
        columns = List.copyOf(columns);
        formats = List.copyOf(formats);
        map = Map.copyOf(map);
    }

    /// The same for a spreadsheet, whose days are ISO 8601: where the layout knows months only, they mean theirs.
    FieldRule forSheet() {
        return alsoWritten(List.of("yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM"));
    }

    /// The same for a text that a spreadsheet program has saved again, with days as people there write them.
    FieldRule forResaved() {
        return alsoWritten(List.of("dd.MM.yyyy", "dd/MM/yyyy", "yyyy-MM-dd", "MM.yyyy", "MM/yyyy"));
    }

    private FieldRule alsoWritten(List<String> others) {
        if (formats.isEmpty()) {
            return this;
        }
        List<PeriodFormat> more = new ArrayList<>(formats);
        for (String other : others) {
            if (formats.stream().noneMatch(format -> format.written().equals(other))) {
                more.add(PeriodFormat.of(other, Locale.ROOT));
            }
        }
        boolean months = formats.stream()
                .noneMatch(format ->
                        format.written().contains("d") || !format.written().contains("M"));
        return new FieldRule(
                columns,
                header,
                constant,
                more,
                map,
                otherwise,
                pattern,
                whole.or(() -> months ? Optional.of(PeriodUnit.MONTH) : Optional.empty()),
                badIsAbsent);
    }

    public static FieldRule constant(String value, List<PeriodFormat> formats) {
        return new FieldRule(
                List.of(),
                Optional.empty(),
                Optional.of(value),
                formats,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// The same, with more texts whose meaning is known.
    public FieldRule withMeanings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(map);
        all.putAll(more);
        return new FieldRule(columns, header, constant, formats, all, otherwise, pattern, whole, badIsAbsent);
    }

    /// The same, with other formats.
    public FieldRule withFormats(List<PeriodFormat> others) {
        return new FieldRule(columns, header, constant, others, map, otherwise, pattern, whole, badIsAbsent);
    }
}
