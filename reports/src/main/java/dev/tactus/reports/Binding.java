package dev.tactus.reports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a layout, found in the headings of a particular file.
final class Binding {
    private final Map<Field, BoundField> fields = new EnumMap<>(Field.class);
    private final Layout layout;

    /// @param headings of the row, and of the kept records by their names in the layout, in the order of their holders
    /// @param preamble what stood before the header, by name
    Binding(
            Layout layout,
            List<String> headings,
            Map<String, List<String>> kept,
            Map<String, String> preamble,
            ImportOptions options) {
        this.layout = layout;
        List<String> holders = List.copyOf(kept.keySet());
        layout.fields().forEach((field, rule) -> {
            List<BoundField.Place> places = new ArrayList<>();
            String constant = rule.columns().stream()
                    .filter(Binding::isOfPreamble)
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
                    column.in(headings).ifPresent(place -> places.add(new BoundField.Place(0, place)));
                } else {
                    List<String> its = kept.getOrDefault(column.holder(), List.of());
                    int holder = 1 + holders.indexOf(column.holder());
                    column.in(its).ifPresent(place -> places.add(new BoundField.Place(holder, place)));
                }
            }
            String instead = constant.isEmpty() ? options.instead(field).orElse("") : constant;
            fields.put(field, new BoundField(field, rule, layout.absent(), places, instead));
        });
        for (Field field : Field.values()) {
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

    Optional<BoundField> field(Field field) {
        return Optional.ofNullable(fields.get(field));
    }

    Layout layout() {
        return layout;
    }
}
