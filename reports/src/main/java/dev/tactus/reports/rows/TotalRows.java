package dev.tactus.reports.rows;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowView;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells rows that state a total of those before them, whichever column says so, from sales.
final class TotalRows {
    private static final Pattern TOTAL = Pattern.compile(
            "(grand[ -]?|sub[ -]?)?totals?(\\s*:|\\s*\\(.*\\)|\\s+(amount|revenue|sales?|earnings|payable|net|due|royalt\\w*|units|"
                    + "quantity|[a-z]{3}))?\\s*:?",
            Pattern.CASE_INSENSITIVE);
    private static final int SHORTEST = 5;
    private static final int LONGEST = 60;

    private final Optional<BoundField> isrc;
    private final Optional<BoundField> upc;
    private final Optional<BoundField> artist;

    TotalRows(FieldBindings fields) {
        this.isrc = fields.field(ReportField.ISRC);
        this.upc = fields.field(ReportField.UPC);
        this.artist = fields.field(ReportField.ARTIST);
    }

    /// Whether a row that no recording can be told of is a total.
    boolean has(RowView[] rows) {
        RowView row = rows[0];
        for (int cell = 0; cell < row.count(); cell++) {
            if (begins(row, cell) && TOTAL.matcher(row.text(cell)).matches()) {
                return isOther(isrc, rows) && isOther(upc, rows) && isOther(artist, rows);
            }
        }
        return false;
    }

    private static boolean begins(RowView row, int cell) {
        int start = row.start(cell);
        int length = row.end(cell) - start;
        if (length < SHORTEST || length > LONGEST) {
            return false;
        }
        int first = row.buffer()[start] | 0x20;
        return first == 't' || first == 'g' || first == 's';
    }

    /// Empty, or where the word itself stands.
    private static boolean isOther(Optional<BoundField> field, RowView[] rows) {
        String text = field.map(bound -> bound.text(rows)).orElse("");
        return text.isEmpty() || TOTAL.matcher(text).matches();
    }
}
