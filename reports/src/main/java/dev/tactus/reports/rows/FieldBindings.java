package dev.tactus.reports.rows;

import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.layout.ColumnName;
import dev.tactus.reports.layout.FieldRule;
import dev.tactus.reports.layout.Layout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a layout, found in the headings of a particular file.
public final class FieldBindings {
    private final Map<ReportField, BoundField> fields = new EnumMap<>(ReportField.class);
    private final Layout layout;

    /// Finds the fields of a layout in a file.
    ///
    /// @param headings of the row, and of the kept records by their names in the layout, in their holders' order
    /// @param preamble what stood before the header, by name
    /// @param conventions how columns are written, where that is not as the layout says
    public FieldBindings(
            Layout layout,
            List<String> headings,
            Map<String, List<String>> kept,
            Map<String, String> preamble,
            ImportOptions options,
            ColumnConventions conventions) {
        this.layout = layout;
        List<String> holders = List.copyOf(kept.keySet());
        layout.fields().forEach((field, written) -> {
            FieldRule rule = conventions.rule(field, written);
            List<BoundField.FieldPlace> places = new ArrayList<>();
            String constant = rule.columns().stream()
                    .filter(FieldBindings::isOfPreamble)
                    .flatMap(column -> Optional.ofNullable(preamble.get(column.heading())).stream())
                    .findFirst()
                    .or(() -> rule.header().flatMap(pattern -> pattern.found(headings)))
                    .or(rule::constant)
                    .orElse("");
            for (ColumnName column : rule.columns()) {
                if (isOfPreamble(column)) {
                    continue;
                }
                if (column.holder().isEmpty()) {
                    column.in(headings).ifPresent(place -> places.add(new BoundField.FieldPlace(0, place)));
                } else {
                    List<String> its = kept.getOrDefault(column.holder(), List.of());
                    int holder = 1 + holders.indexOf(column.holder());
                    column.in(its).ifPresent(place -> places.add(new BoundField.FieldPlace(holder, place)));
                }
            }
            String instead = constant.isEmpty() ? options.instead(field).orElse("") : constant;
            fields.put(field, new BoundField(field, rule, layout.absent(), places, instead));
        });
        for (ReportField field : ReportField.values()) {
            options.instead(field)
                    .filter(_ -> !fields.containsKey(field))
                    .ifPresent(text -> fields.put(
                            field,
                            new BoundField(
                                    field, FieldRule.constant(text, List.of()), layout.absent(), List.of(), text)));
        }
    }

    private static boolean isOfPreamble(ColumnName column) {
        return column.holder().equals(ColumnName.PREAMBLE);
    }

    public Optional<BoundField> field(ReportField field) {
        return Optional.ofNullable(fields.get(field));
    }

    Layout layout() {
        return layout;
    }
}
