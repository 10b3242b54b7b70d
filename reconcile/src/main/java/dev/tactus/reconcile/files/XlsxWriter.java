package dev.tactus.reconcile.files;

import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.HomeCurrency;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/// A workbook for Excel, written row by row, so that a million rows take no more memory than a thousand.
///
/// Numbers are numbers and everything else is a text that is never evaluated: ISRCs keep their zeros, a title that
/// begins with an equals sign stays a title. Whole numbers that Excel can't hold exactly, such as snapshot ids, are
/// texts.
final class XlsxWriter implements AutoCloseable {
    /// Excel's, less the header.
    static final int MOST_ROWS = 1_048_575;

    private static final int FLUSHED = 500;
    private static final int LONGEST_TEXT = 32_767;
    private static final long LARGEST_EXACT = 999_999_999_999_999L;
    private static final String WHOLE = "#,##0";
    private static final String DECIMAL = "#,##0.00####";
    private static final String SHARE = "0.00%";
    private static final String DAY = "yyyy-mm-dd";

    /// So many rows of a table are printed, and so many of its columns: what a person takes along. A month by the ten
    /// thousand rows would be hundreds of pages.
    static final int PRINTED_ROWS = 100;

    private static final int PRINTED_COLUMNS = 17;

    /// Where ids of reports stand in lines.
    private static final int REPORT_COLUMN = 6;

    /// A line of so many cells may be the headings of those below it.
    private static final int HEADED = 4;

    private static final int LINE_COLUMNS = 7;
    private static final int LINE_WIDTH = 130;
    private static final double LINE_HEIGHT = 15;

    private final Workbook workbook;

    XlsxWriter(OutputStream out) {
        this.workbook = new Workbook(out, "Tactus", null);
        this.workbook.setCompressionLevel(3);
    }

    /// A sheet whose first row is a header that stays in sight.
    Sheet table(String name, List<FileColumns.Column> columns) {
        return new Sheet(sheet(name), columns);
    }

    /// How a sheet is printed: across, as wide as the page, numbered.
    private Worksheet sheet(String name) {
        Worksheet sheet = workbook.newWorksheet(name);
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.pageOrientation("landscape");
        sheet.setFitToPage(true);
        sheet.setAutoPageBreaks(true);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
        sheet.footer("&A", Position.LEFT);
        sheet.footer("&P / &N", Position.RIGHT);
        return sheet;
    }

    /// A sheet of lines, each a few cells; the first is its title, and a line of one cell is a sentence.
    void lines(String name, List<List<Object>> lines) throws IOException {
        Worksheet sheet = sheet(name);
        sheet.width(0, 34);
        for (int column = 1; column < LINE_COLUMNS; column++) {
            sheet.width(column, 18);
        }
        sheet.width(REPORT_COLUMN, 46);
        for (int row = 0; row < lines.size(); row++) {
            List<Object> line = lines.get(row);
            for (int column = 0; column < line.size(); column++) {
                put(sheet, row, column, line.get(column));
                format(sheet, row, row, column, kind(line.get(column)));
                boolean overFigure = line.size() >= HEADED
                        && row + 1 < lines.size()
                        && column < lines.get(row + 1).size()
                        && kind(lines.get(row + 1).get(column)) != FileColumns.Kind.TEXT;
                if (overFigure && line.get(column) instanceof String) {
                    sheet.style(row, column).horizontalAlignment("right").set();
                }
            }
            if (row > 0 && line.size() == 1) {
                int needed = 1 + line.getFirst().toString().length() / LINE_WIDTH;
                sheet.range(row, 0, row, LINE_COLUMNS - 1).merge();
                sheet.style(row, 0).wrapText(true).verticalAlignment("top").set();
                sheet.rowHeight(row, LINE_HEIGHT * needed);
            }
        }
        sheet.style(0, 0).bold().fontSize(14).set();
        sheet.finish();
    }

    /// Writes these columns of a relation's first rows.
    long rows(
            String name,
            List<FileColumns.Column> columns,
            Optional<HomeCurrency> home,
            Workbench bench,
            String relation,
            String order,
            long most)
            throws IOException {
        CanonicalCsv.plainDecimals(bench);
        String selected = columns.stream().map(FileColumns.Column::text).collect(Collectors.joining(", "));
        String select = "SELECT " + selected + " FROM " + relation + " ORDER BY " + order + " LIMIT " + most;
        if (home.isEmpty()) {
            try (Sheet sheet = table(name, columns)) {
                return bench.query(select, sheet);
            }
        }
        List<FileColumns.Column> all = new ArrayList<>(columns);
        all.addAll(HomeColumns.COLUMNS);
        HomeColumns besides = new HomeColumns(home.get());
        try (Sheet sheet = table(name, all)) {
            return bench.query(select, besides.behind(sheet, columns.indexOf(HomeColumns.MONEY)));
        }
    }

    @Override
    public void close() throws IOException {
        workbook.finish();
    }

    private static void put(Worksheet sheet, int row, int column, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Long number when Math.abs(number) <= LARGEST_EXACT -> sheet.value(row, column, number);
            case BigDecimal number -> sheet.value(row, column, number);
            case LocalDate day -> sheet.value(row, column, day);
            default -> sheet.inlineString(row, column, clipped(value.toString()));
        }
    }

    /// How a cell of a line is shown.
    private static FileColumns.Kind kind(Object value) {
        return switch (value) {
            case Long _ -> FileColumns.Kind.WHOLE;
            case BigDecimal _ -> FileColumns.Kind.DECIMAL;
            case LocalDate _ -> FileColumns.Kind.DATE;
            default -> FileColumns.Kind.TEXT;
        };
    }

    /// Says how the cells of some rows are shown: for many at once, as the library looks each style up anew.
    private static void format(Worksheet sheet, int from, int to, int column, FileColumns.Kind kind) {
        String format = switch (kind) {
            case WHOLE -> WHOLE;
            case DECIMAL -> DECIMAL;
            case SHARE -> SHARE;
            case DATE -> DAY;
            case TEXT, TEXTS, MONEY -> "";
        };
        if (!format.isEmpty()) {
            sheet.range(from, column, to, column).style().format(format).set();
        }
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    /// A sheet that rows are put into.
    static final class Sheet implements RowSink, AutoCloseable {
        private static final double BOLD_LETTER = 1.15;
        private static final double FILTER_ARROW = 3;

        private final Worksheet sheet;
        private final List<FileColumns.Column> columns;
        private int rows;
        private int formatted;

        private Sheet(Worksheet sheet, List<FileColumns.Column> columns) {
            this.sheet = sheet;
            this.columns = columns;
            sheet.freezePane(0, 1);
            sheet.repeatRows(0);
            for (int i = 0; i < columns.size(); i++) {
                FileColumns.Column column = columns.get(i);
                sheet.width(i, Math.max(width(column), headingWidth(column.heading())));
                sheet.inlineString(0, i, column.heading());
                sheet.style(0, i)
                        .bold()
                        .fillColor("E8ECF1")
                        .horizontalAlignment(isNumber(column.kind()) ? "right" : "left")
                        .set();
            }
        }

        /// Bold, and beside it the arrow of the filter.
        private static double headingWidth(String heading) {
            return heading.length() * BOLD_LETTER + FILTER_ARROW;
        }

        private static boolean isNumber(FileColumns.Kind kind) {
            return switch (kind) {
                case WHOLE, DECIMAL, SHARE -> true;
                case TEXT, TEXTS, MONEY, DATE -> false;
            };
        }

        private static double width(FileColumns.Column column) {
            return switch (column.kind()) {
                case TEXT ->
                    switch (column.name().toLowerCase(Locale.ROOT)) {
                        case "title", "artists", "explanation", "reconciliation_id" -> 32;
                        case "isrc", "close_id" -> 16;
                        default -> 13;
                    };
                case TEXTS -> 36;
                case MONEY -> 24;
                case WHOLE, DECIMAL, SHARE, DATE -> 14;
            };
        }

        @Override
        public void columns(List<RowSink.Column> answered) {}

        @Override
        public void row(List<@Nullable Object> values) {
            rows++;
            for (int i = 0; i < values.size(); i++) {
                put(sheet, rows, i, values.get(i));
            }
            if (rows % FLUSHED == 0) {
                try {
                    format();
                    sheet.flush();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private void format() {
            for (int i = 0; i < columns.size() && formatted < rows; i++) {
                XlsxWriter.format(sheet, formatted + 1, rows, i, columns.get(i).kind());
            }
            formatted = rows;
        }

        @Override
        public void close() throws IOException {
            format();
            if (rows > 0) {
                sheet.setAutoFilter(0, 0, rows, columns.size() - 1);
            }
            int printed = Math.min(columns.size(), PRINTED_COLUMNS);
            sheet.addNamedRange(sheet.range(0, 0, Math.min(rows, PRINTED_ROWS), printed - 1), "_xlnm.Print_Area");
            sheet.finish();
        }
    }
}
