package dev.tactus.serve.lists;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Rows of a list as CSV (RFC 4180), with a byte order mark, since it is opened in spreadsheets.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it: titles come from strangers.
public final class CsvText {
    private static final Pattern LIKE_A_FORMULA = Pattern.compile("(?s)\\s*[=+\\-@＝＋－＠].*|[\\t\\r\\n].*");
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9][0-9.]*");

    private CsvText() {}

    public static String of(ServedList listing, List<JsonNode> rows) {
        StringBuilder csv = new StringBuilder("\uFEFF");
        line(csv, listing.columns().stream().map(ListColumn::name).toList());
        for (JsonNode row : rows) {
            line(
                    csv,
                    listing.columns().stream()
                            .map(column -> CellValue.text(row.path(column.name())))
                            .toList());
        }
        return csv.toString();
    }

    private static void line(StringBuilder csv, List<String> cells) {
        csv.append(cells.stream().map(CsvText::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(String text) {
        boolean formula =
                LIKE_A_FORMULA.matcher(text).matches() && !AMOUNT.matcher(text).matches();
        String safe = formula ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
