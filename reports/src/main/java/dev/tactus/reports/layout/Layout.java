package dev.tactus.reports.layout;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.CsvDialect.Delimiter;
import dev.tactus.reports.file.ReportCharset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a kind of report looks like and where its fields stand, read from YAML. Immutable.
///
/// @param name by which people ask for it
/// @param title what it is, for people
/// @param origin the file it was read from
/// @param sha256 of its text
/// @param delimiters that its files come with
/// @param encoding of files that are not UTF-8 and don't say what they are
/// @param columns the headings by which it is recognised; where there is no header, what its columns are, in order
/// @param header whether there is a header
/// @param numbers how numbers are written
/// @param absent texts that mean no value, in lower case
/// @param shortRows whether a row may end before its last columns
/// @param preamble values that stand before the header, by name
/// @param skip rows that are no sales
/// @param deductions what is taken off the label's money
/// @param ends the row after which no sales come
/// @param records where rows are of several kinds
public record Layout(
        String name,
        String title,
        String origin,
        String sha256,
        List<Delimiter> delimiters,
        boolean quotes,
        ReportCharset encoding,
        List<ColumnName> columns,
        boolean header,
        NumberFormat numbers,
        Set<String> absent,
        boolean shortRows,
        Map<String, PreambleRule> preamble,
        Map<ReportField, FieldRule> fields,
        List<RowRule> skip,
        List<TotalRule> totals,
        List<DeductionRule> deductions,
        Optional<RowRule> ends,
        Optional<RecordLayout> records) {
    public Layout {
        delimiters = List.copyOf(delimiters);
        columns = List.copyOf(columns);
        absent = Set.copyOf(absent);
        preamble = Map.copyOf(preamble);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        skip = List.copyOf(skip);
        totals = List.copyOf(totals);
        deductions = List.copyOf(deductions);
    }

    /// The same for the sheet of a spreadsheet: numbers that are stored as numbers have a point before their decimals
    /// there, and days are ISO 8601, whatever the layout's files write. Texts are read as ever.
    Layout forSheet(boolean storedDecimals) {
        Map<ReportField, FieldRule> there = new LinkedHashMap<>();
        fields.forEach((field, rule) -> there.put(field, field.isPeriod() ? rule.forSheet() : rule));
        return with(
                storedDecimals && numbers.decimal() == ',' ? new NumberFormat('.', Optional.empty()) : numbers,
                there,
                deductions,
                shortRows);
    }

    /// The same where a row may end before its last columns.
    Layout withShortRows() {
        return with(numbers, fields, deductions, true);
    }

    /// The same for a text that a spreadsheet program has saved again where the comma stands before decimals. A mark
    /// between thousands is not assumed: what can be read in two ways is told by other cells, or rejected.
    Layout forResaved() {
        Map<ReportField, FieldRule> there = new LinkedHashMap<>();
        fields.forEach((field, rule) -> there.put(field, field.isPeriod() ? rule.forResaved() : rule));
        return with(new NumberFormat(',', Optional.empty()), there, deductions, shortRows);
    }

    /// The same with other fields and deductions.
    public Layout with(Map<ReportField, FieldRule> otherFields, List<DeductionRule> otherDeductions) {
        return with(numbers, otherFields, otherDeductions, shortRows);
    }

    private Layout with(
            NumberFormat otherNumbers,
            Map<ReportField, FieldRule> otherFields,
            List<DeductionRule> otherDeductions,
            boolean rowsMayBeShort) {
        return new Layout(
                name,
                title,
                origin,
                sha256,
                delimiters,
                quotes,
                encoding,
                columns,
                header,
                otherNumbers,
                absent,
                rowsMayBeShort,
                preamble,
                otherFields,
                skip,
                totals,
                otherDeductions,
                ends,
                records);
    }

    public Optional<FieldRule> rule(ReportField field) {
        return Optional.ofNullable(fields.get(field));
    }

    /// The sender that the layout takes for granted, since nothing in its files names one.
    public Optional<String> assumedSender() {
        return rule(ReportField.SENDER)
                .filter(rule -> rule.columns().isEmpty() && rule.header().isEmpty())
                .flatMap(FieldRule::constant);
    }

    /// Whether all columns it is recognised by are among these.
    public boolean fits(List<String> headings) {
        return columns.stream().allMatch(column -> column.in(headings).isPresent());
    }
}
