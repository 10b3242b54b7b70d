package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleFigures;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.NumberEvidence;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a row says of its money besides the label's. One that can't be read costs no row. Not thread-safe.
final class FigureReader {
    private static final List<ReportField> FIELDS =
            List.of(ReportField.GROSS, ReportField.UNIT_PRICE, ReportField.FEE, ReportField.TAX, ReportField.SHARE);

    private static final int MOST_DIGITS = 20;

    private final Map<ReportField, BoundField> fields = new EnumMap<>(ReportField.class);
    private final NumberFormat format;
    private final NumberReader numbers;
    private final ImportStatistics statistics;

    FigureReader(FieldBindings binding, NumberFormat format, ImportStatistics statistics) {
        for (ReportField field : FIELDS) {
            binding.field(field).filter(bound -> !bound.isConstant()).ifPresent(bound -> fields.put(field, bound));
        }
        this.format = format;
        this.numbers = new NumberReader(format, new NumberEvidence());
        this.statistics = statistics;
    }

    /// Null where the layout knows none, or the row says nothing.
    @Nullable
    SaleFigures read(RowView[] rows) {
        if (fields.isEmpty()) {
            return null;
        }
        SaleFigures figures = new SaleFigures(
                figure(ReportField.GROSS, rows),
                figure(ReportField.UNIT_PRICE, rows),
                figure(ReportField.FEE, rows),
                figure(ReportField.TAX, rows),
                figure(ReportField.SHARE, rows));
        return figures.gross() == null
                        && figures.unitPrice() == null
                        && figures.fee() == null
                        && figures.tax() == null
                        && figures.share() == null
                ? null
                : figures;
    }

    /// A share may be written as `80%`; no other figure is.
    private static boolean isPercentage(ReportField field, RowView cells, int column) {
        return field == ReportField.SHARE && cells.buffer()[cells.end(column) - 1] == '%';
    }

    private @Nullable BigDecimal figure(ReportField field, RowView[] rows) {
        BoundField bound = fields.get(field);
        int place = bound == null ? -1 : bound.firstFilled(rows);
        if (bound == null || place < 0) {
            return null;
        }
        RowView cells = rows[bound.holder(place)];
        try {
            BigDecimal number = isPercentage(field, cells, bound.column(place))
                    ? format.parse(
                            cells.text(bound.column(place)).replace('%', ' ').strip())
                    : numbers.decimal(cells, bound.column(place));
            if (number.precision() - number.scale() <= MOST_DIGITS) {
                return number;
            }
        } catch (NotANumber e) {
            // said below
        }
        statistics.note("rows whose " + field.label() + " can't be read: landed without it");
        return null;
    }
}
