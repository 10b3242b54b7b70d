package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleFigures;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.NumberEvidence;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a row says of its money besides the label's. One that can't be read costs no row. Not thread-safe.
final class FigureReader {
    private static final List<ReportField> FIELDS =
            List.of(ReportField.GROSS, ReportField.UNIT_PRICE, ReportField.FEE, ReportField.TAX, ReportField.SHARE);

    private static final int MOST_DIGITS = 20;
    private static final SaleFigures NOTHING = new SaleFigures(null, null, null, null, null);

    /// A column of figures, and the last one that was read in it: a share is the same in row after row.
    private static final class FigureColumn {
        final ReportField field;
        final BoundField bound;
        byte[] lastText = new byte[0];

        @Nullable
        BigDecimal last;

        FigureColumn(ReportField field, BoundField bound) {
            this.field = field;
            this.bound = bound;
        }

        boolean isLast(RowView cells, int column) {
            return last != null && cells.is(column, lastText);
        }

        void keep(RowView cells, int column, BigDecimal number) {
            lastText = Arrays.copyOfRange(cells.buffer(), cells.start(column), cells.end(column));
            last = number;
        }
    }

    private final Map<ReportField, FigureColumn> columns = new EnumMap<>(ReportField.class);
    private final @Nullable FigureColumn gross;
    private final @Nullable FigureColumn unitPrice;
    private final @Nullable FigureColumn fee;
    private final @Nullable FigureColumn tax;
    private final @Nullable FigureColumn share;
    private SaleFigures last = NOTHING;
    private final NumberFormat format;
    private final NumberReader numbers;
    private final ImportStatistics statistics;

    FigureReader(FieldBindings binding, NumberFormat format, ImportStatistics statistics) {
        for (ReportField field : FIELDS) {
            binding.field(field)
                    .filter(bound -> !bound.isConstant())
                    .ifPresent(bound -> columns.put(field, new FigureColumn(field, bound)));
        }
        this.gross = columns.get(ReportField.GROSS);
        this.unitPrice = columns.get(ReportField.UNIT_PRICE);
        this.fee = columns.get(ReportField.FEE);
        this.tax = columns.get(ReportField.TAX);
        this.share = columns.get(ReportField.SHARE);
        this.format = format;
        this.numbers = new NumberReader(format, new NumberEvidence());
        this.statistics = statistics;
    }

    /// Null where the layout knows none, or the row says nothing.
    @Nullable
    SaleFigures read(RowView[] rows) {
        if (columns.isEmpty()) {
            return null;
        }
        SaleFigures figures = new SaleFigures(
                figure(gross, rows),
                figure(unitPrice, rows),
                figure(fee, rows),
                figure(tax, rows),
                figure(share, rows));
        if (!figures.equals(last)) {
            last = figures;
        }
        return NOTHING.equals(figures) ? null : last;
    }

    /// A share may be written as `80%`; no other figure is.
    private static boolean isPercentage(ReportField field, RowView cells, int column) {
        return field == ReportField.SHARE && cells.buffer()[cells.end(column) - 1] == '%';
    }

    private @Nullable BigDecimal figure(@Nullable FigureColumn figures, RowView[] rows) {
        if (figures == null) {
            return null;
        }
        int place = figures.bound.firstFilled(rows);
        if (place < 0) {
            return null;
        }
        RowView cells = rows[figures.bound.holder(place)];
        int column = figures.bound.column(place);
        if (figures.isLast(cells, column)) {
            return figures.last;
        }
        try {
            BigDecimal number = isPercentage(figures.field, cells, column)
                    ? format.parse(cells.text(column).replace('%', ' ').strip())
                    : numbers.decimal(cells, column);
            if (number.precision() - number.scale() <= MOST_DIGITS) {
                figures.keep(cells, column, number);
                return number;
            }
        } catch (NotANumber e) {
            // said below
        }
        statistics.note("rows whose " + figures.field.label() + " can't be read: landed without it");
        return null;
    }
}
