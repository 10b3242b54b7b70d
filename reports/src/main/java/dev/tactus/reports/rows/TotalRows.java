package dev.tactus.reports.rows;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowView;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells rows that state a total of those before them, whichever column says so, from sales.
final class TotalRows {
    private static final int WORDS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

    /// What stands in no title: then it does not matter what the rest of the row says.
    private static final Pattern SUBTOTAL = Pattern.compile(
            "((sub|sous|zwischen|grand)[ -]?(totals?|totaux|totaal|totale|summe)|sub ?totais|totale parziale"
                    + "|zwischenergebnis|subtotales|parcial|delsumma|промежуточный итог|подытог|小計)(\\W.*)?",
            WORDS);
    private static final Pattern TOTAL = Pattern.compile(
            "(totals?|totaux|totaal|totale|eindtotaal|gesamt|gesamtsumme|gesamtbetrag|endsumme|summe|summa|somma|suma|razem"
                    + "|totalt|итого|всего|合計|総計|total (général|general|geral)|totale (generale|complessivo))"
                    + "(\\s*:.*|\\s*\\(.*\\)|\\s+(amount|revenue|sales?|earnings|payable|net|due|royalt\\w*|units|quantity"
                    + "|[a-z]{2,3}|(for|of|in|per|pour|für|de|del|di|van)\\b.*))?",
            WORDS);
    private static final int SHORTEST = 4;
    private static final String FIRST = "tgszedpr";
    private static final int LONGEST = 60;

    private final Optional<BoundField> isrc;
    private final Optional<BoundField> upc;
    private final Optional<BoundField> artist;

    private final Optional<BoundField> title;
    private final Optional<BoundField> territory;
    private final Optional<BoundField> service;

    TotalRows(FieldBindings fields) {
        this.title = fields.field(ReportField.TITLE);
        this.territory = fields.field(ReportField.TERRITORY);
        this.service = fields.field(ReportField.SERVICE);
        this.isrc = fields.field(ReportField.ISRC);
        this.upc = fields.field(ReportField.UPC);
        this.artist = fields.field(ReportField.ARTIST);
    }

    /// Whether a row that no recording can be told of is a total.
    boolean has(RowView[] rows) {
        RowView row = rows[0];
        for (int cell = 0; cell < row.count(); cell++) {
            if (begins(row, cell)) {
                String text = row.text(cell).strip();
                if (isTotal(text)) {
                    return isOther(isrc, rows)
                            && isOther(upc, rows)
                            && (SUBTOTAL.matcher(text).matches() || isOther(artist, rows));
                }
            }
        }
        return false;
    }

    /// Whether it is its title that says so, and it tells as a sale does where it was sold.
    boolean mayBeSong(RowView[] rows) {
        String name = title.map(bound -> bound.text(rows)).orElse("").strip();
        return TOTAL.matcher(name).matches() && isFilled(territory, rows) && isFilled(service, rows);
    }

    private static boolean isFilled(Optional<BoundField> field, RowView[] rows) {
        String text = field.filter(bound -> !bound.isConstant())
                .map(bound -> bound.text(rows))
                .orElse("")
                .strip();
        return !text.isEmpty() && !isTotal(text);
    }

    private static boolean begins(RowView row, int cell) {
        int start = row.start(cell);
        int length = row.end(cell) - start;
        if (length < SHORTEST || length > LONGEST) {
            return false;
        }
        int first = row.buffer()[start] | 0x20;
        return FIRST.indexOf(first) >= 0 || row.buffer()[start] < 0;
    }

    /// Empty, or where the word itself stands.
    private static boolean isOther(Optional<BoundField> field, RowView[] rows) {
        String text = field.map(bound -> bound.text(rows)).orElse("");
        return text.isEmpty() || isTotal(text.strip());
    }

    private static boolean isTotal(String text) {
        return SUBTOTAL.matcher(text).matches() || TOTAL.matcher(text).matches();
    }
}
