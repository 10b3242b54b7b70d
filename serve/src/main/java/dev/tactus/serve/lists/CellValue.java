package dev.tactus.serve.lists;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Values of a list as text and as numbers.
public final class CellValue {
    private CellValue() {}

    /// In one line: amounts as `12.34 EUR`, several texts with commas between, what has parts as `name: value`.
    public static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return value.values().stream().map(CellValue::text).collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(part -> isCurrency(part.getKey())
                            ? text(part.getValue()) + " " + part.getKey()
                            : part.getKey() + ": " + text(part.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return value.asString();
    }

    /// A number, or the largest of amounts.
    static Optional<BigDecimal> amount(JsonNode value) {
        if (value.isObject()) {
            return value.values().stream()
                    .map(CellValue::amount)
                    .flatMap(Optional::stream)
                    .max(BigDecimal::compareTo);
        }
        try {
            String text = text(value);
            return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isCurrency(String name) {
        return name.matches("[A-Z]{3}");
    }
}
