package dev.tactus.reports.rows;

import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.InvalidUpc;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.music.identifiers.Upc;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.SpreadsheetMark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells whether a row looks like a sale under some headings: it names a recording, a release, or a title and an
/// artist,
/// and has a number for its units or its money. Where such rows stand outside of a table, money would be missed.
public final class SaleRowCheck {
    private static final Pattern NUMBER = Pattern.compile("[^\\p{L}]*[0-9][^\\p{L}]*");

    private final Optional<BoundField> isrc;
    private final Optional<BoundField> upc;
    private final Optional<BoundField> title;
    private final Optional<BoundField> artist;
    private final Optional<BoundField> quantity;
    private final Optional<BoundField> netRevenue;

    SaleRowCheck(FieldBindings fields) {
        this.isrc = fields.field(ReportField.ISRC);
        this.upc = fields.field(ReportField.UPC);
        this.title = fields.field(ReportField.TITLE);
        this.artist = fields.field(ReportField.ARTIST);
        this.quantity = fields.field(ReportField.QUANTITY);
        this.netRevenue = fields.field(ReportField.NET_REVENUE);
    }

    /// One for rows under a table's headings.
    public static SaleRowCheck under(DetectedLayout detected) {
        return new SaleRowCheck(new FieldBindings(
                detected.layout(),
                detected.headings(),
                Map.of(),
                Map.of(),
                ImportOptions.none(),
                ColumnConventions.ofLayout()));
    }

    /// Whether these cells do.
    public boolean holds(List<String> cells) {
        return holds(new RowView[] {RowView.of(cells)});
    }

    boolean holds(RowView[] rows) {
        return (isIdentified(rows) || (isFilled(title, rows) && isFilled(artist, rows)))
                && (isNumber(quantity, rows) || isNumber(netRevenue, rows));
    }

    /// Whether an ISRC or a UPC tells what was sold.
    boolean isIdentified(RowView[] rows) {
        return isIsrc(rows) || isUpc(rows);
    }

    private boolean isIsrc(RowView[] rows) {
        String text = text(isrc, rows);
        try {
            return !text.isEmpty() && !Isrc.parse(text).value().isEmpty();
        } catch (InvalidIsrc e) {
            return false;
        }
    }

    private boolean isUpc(RowView[] rows) {
        String text = text(upc, rows);
        try {
            return !text.isEmpty() && !Upc.parse(text).value().isEmpty();
        } catch (InvalidUpc e) {
            return false;
        }
    }

    private static boolean isFilled(Optional<BoundField> field, RowView[] rows) {
        return !text(field, rows).isEmpty();
    }

    private static boolean isNumber(Optional<BoundField> field, RowView[] rows) {
        return NUMBER.matcher(text(field, rows)).matches();
    }

    private static String text(Optional<BoundField> field, RowView[] rows) {
        return field.filter(bound -> !bound.isConstant())
                .map(bound -> SpreadsheetMark.withoutAny(bound.text(rows)).strip())
                .orElse("");
    }
}
