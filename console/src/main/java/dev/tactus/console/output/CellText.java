package dev.tactus.console.output;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Values of a query as text.
final class CellText {
    private CellText() {}

    static String text(Object value) {
        return switch (value) {
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case BigDecimal number -> number.toPlainString();
            case List<?> list -> JsonWriter.write(list);
            case Map<?, ?> map -> JsonWriter.write(map);
            default -> value.toString();
        };
    }
}
