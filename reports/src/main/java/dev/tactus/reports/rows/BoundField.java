package dev.tactus.reports.rows;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.convention.DayOrder;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.FieldRule;
import dev.tactus.reports.layout.PeriodFormat;
import dev.tactus.reports.layout.SpreadsheetMark;
import dev.tactus.reports.rows.Conversion.UnusableValue;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/// A field of a layout on a particular file: where it stands in the row, and in the records kept beside it.
public final class BoundField {
    private static final int LONGEST_ABSENT = 40;
    private static final LocalDate SPREADSHEET_ORIGIN = LocalDate.of(1899, 12, 30);
    private final ReportField field;
    private final FieldRule rule;
    private final Set<String> absent;
    /// 0 for the row, then the kept records.
    private final int[] holders;

    private final int[] columns;
    private final String constant;
    private final DayOrder order;

    /// @param constant what it is where no column has a value; empty for nothing
    BoundField(ReportField field, FieldRule rule, Set<String> absent, List<FieldPlace> places, String constant) {
        this.field = field;
        this.rule = rule;
        this.absent = absent;
        this.holders = places.stream().mapToInt(FieldPlace::holder).toArray();
        this.columns = places.stream().mapToInt(FieldPlace::column).toArray();
        this.constant = constant;
        this.order = new DayOrder(rule.formats(), rule.whole().isPresent());
    }

    record FieldPlace(int holder, int column) {}

    FieldRule rule() {
        return rule;
    }

    /// What its cells tell of the order of day and month.
    DayOrder order() {
        return order;
    }

    /// Whether no row says it.
    public boolean isConstant() {
        return columns.length == 0;
    }

    /// What stands there, after the layout's pattern: in the first column that has something it finds. Empty where
    /// none has.
    public String text(RowView[] rows) {
        for (int i = 0; i < columns.length; i++) {
            String text =
                    SpreadsheetMark.without(rows[holders[i]].text(columns[i]).strip());
            if (!absent.contains(text.toLowerCase(Locale.ROOT))) {
                String found = within(text);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return constant;
    }

    private String within(String text) {
        Optional<Matcher> matcher = rule.pattern().map(p -> p.matcher(text));
        if (matcher.isEmpty()) {
            return text;
        }
        return matcher.get().find() && matcher.get().groupCount() > 0
                ? Optional.ofNullable(matcher.get().group(1)).orElse("")
                : "";
    }

    /// The same, in the words that the layout maps it to.
    String mapped(RowView[] rows) {
        String text = text(rows);
        String meaning = rule.map().get(text.toLowerCase(Locale.ROOT));
        return meaning != null
                ? meaning
                : text.isEmpty() ? text : rule.otherwise().orElse(text);
    }

    /// The period that stands there; absent where there is nothing.
    Optional<ReportingPeriod> period(RowView[] rows) throws UnusableValue {
        String text = text(rows);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        order.see(text);
        for (PeriodFormat format : rule.formats()) {
            Optional<ReportingPeriod> read = format.parse(text);
            if (read.isPresent()) {
                return read.map(this::whole);
            }
        }
        if (rule.formats().isEmpty()) {
            return ReportingPeriod.parse(text).map(this::whole);
        }
        throw new UnusableValue(
                field,
                "'" + TextExcerpt.brief(text) + "' does not match the format "
                        + String.join(
                                " or ",
                                rule.formats().stream()
                                        .map(PeriodFormat::written)
                                        .toList())
                        + serial(text));
    }

    /// Who sees 46346 does not know what it is.
    private static String serial(String text) {
        return text.matches("[345][0-9]{4}")
                ? "; as a spreadsheet counts days it would be "
                        + SPREADSHEET_ORIGIN.plusDays(Long.parseLong(text))
                        + ": show the column as days and save the file again, or save it as .xlsx"
                : "";
    }

    private ReportingPeriod whole(ReportingPeriod read) {
        return rule.whole()
                .map(whole -> {
                    YearMonth month = YearMonth.from(read.start());
                    return switch (whole) {
                        case MONTH -> ReportingPeriod.of(month);
                        case QUARTER -> ReportingPeriod.quarter(month.getYear(), (month.getMonthValue() + 2) / 3);
                        case YEAR ->
                            new ReportingPeriod(
                                    month.atDay(1).withDayOfYear(1),
                                    month.withMonth(12).atEndOfMonth());
                    };
                })
                .orElse(read);
    }

    /// Marks the columns that it is read from, by holder.
    void mark(BitSet[] read) {
        for (int i = 0; i < columns.length; i++) {
            read[holders[i]].set(columns[i]);
        }
    }

    /// The place of the first cell that is neither empty nor a zero, else of the first that is not empty, as an index
    /// for [#holder] and [#column]; −1 where all are empty.
    int first(RowView[] rows) {
        int zero = -1;
        for (int i = 0; i < columns.length; i++) {
            RowView cells = rows[holders[i]];
            if (!isAbsent(cells, columns[i])) {
                if (columns.length == 1 || !isZero(cells, columns[i])) {
                    return i;
                }
                zero = zero < 0 ? i : zero;
            }
        }
        return zero;
    }

    /// The place of the first cell that is not empty, be it a zero: nothing is an amount too. −1 where all are empty.
    int firstFilled(RowView[] rows) {
        for (int i = 0; i < columns.length; i++) {
            if (!isAbsent(rows[holders[i]], columns[i])) {
                return i;
            }
        }
        return -1;
    }

    /// Whether it is empty, or one of the layout's words for nothing; those are short.
    private boolean isAbsent(RowView cells, int column) {
        return cells.isEmpty(column)
                || (cells.end(column) - cells.start(column) <= LONGEST_ABSENT
                        && !startsLikeANumber(cells, column)
                        && absent.contains(
                                SpreadsheetMark.without(cells.text(column).strip())
                                        .toLowerCase(Locale.ROOT)));
    }

    private static boolean startsLikeANumber(RowView cells, int column) {
        byte first = cells.buffer()[cells.start(column)];
        return first >= '0' && first <= '9';
    }

    static boolean isZero(RowView cells, int column) {
        byte[] buffer = cells.buffer();
        int end = cells.end(column);
        for (int i = cells.start(column); i < end; i++) {
            if (buffer[i] != '0' && buffer[i] != '.' && buffer[i] != ',') {
                return false;
            }
        }
        return true;
    }

    /// Whether it is read from this column of the row.
    boolean standsIn(int column) {
        for (int i = 0; i < columns.length; i++) {
            if (holders[i] == 0 && columns[i] == column) {
                return true;
            }
        }
        return false;
    }

    int holder(int place) {
        return holders[place];
    }

    int column(int place) {
        return columns[place];
    }
}
