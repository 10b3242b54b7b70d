package dev.tactus.serve.pages;

import dev.tactus.serve.lists.CellValue;
import dev.tactus.serve.lists.ColumnKind;
import dev.tactus.serve.lists.ListColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Values of a list as people read them.
final class CellView {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private CellView() {}

    /// The text of a cell: numbers with commas, times to the minute in UTC.
    static String text(ListColumn column, JsonNode value) {
        String text = CellValue.text(value);
        return text.isEmpty()
                ? ""
                : switch (column.kind()) {
                    case NUMBER -> number(text);
                    case TIME -> time(text);
                    case MONEY -> money(value);
                    case FLAG -> text.equals("true") ? "yes" : "";
                    case TEXT -> text.replace('_', ' ');
                    case CODE, DAY, NAMES, PARTS -> text;
                };
    }

    /// How a cell is set.
    static String style(ColumnKind kind) {
        return switch (kind) {
            case NUMBER -> "n";
            case MONEY -> "n money";
            case CODE -> "code";
            case DAY, TIME -> "nowrap";
            case TEXT, FLAG, NAMES, PARTS -> "";
        };
    }

    static String number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return String.format(
                    Locale.ROOT, "%,." + Math.max(0, number.stripTrailingZeros().scale()) + "f", number);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /// Amounts with two decimals at least, as they stand where they have more.
    static String money(JsonNode value) {
        return value.properties().stream()
                .map(part -> amount(CellValue.text(part.getValue())) + " " + part.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String amount(String text) {
        try {
            BigDecimal amount = new BigDecimal(text);
            int scale = Math.max(2, Math.max(0, amount.stripTrailingZeros().scale()));
            return String.format(Locale.ROOT, "%,." + scale + "f", amount);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    static String time(String text) {
        try {
            return MINUTE.format(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return text;
        }
    }
}
