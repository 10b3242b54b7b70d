package dev.tactus.reports.layout;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.csv.RowSample;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the columns of a report come to, over all of its rows, so that a person can compare a proposal with what the
/// statement says: sums of numbers, first and last days. Not thread-safe.
final class TemplateFigures {
    private static final class ColumnTally {
        private long count;
        private BigDecimal sum = BigDecimal.ZERO;
        private Optional<BigDecimal> least = Optional.empty();
        private Optional<BigDecimal> most = Optional.empty();
        private Optional<LocalDate> first = Optional.empty();
        private Optional<LocalDate> last = Optional.empty();

        void add(BigDecimal number) {
            count++;
            sum = sum.add(number);
            least = Optional.of(least.map(number::min).orElse(number));
            most = Optional.of(most.map(number::max).orElse(number));
        }

        void add(ReportingPeriod period) {
            count++;
            first = first.filter(day -> day.isBefore(period.start())).or(() -> Optional.of(period.start()));
            last = last.filter(day -> day.isAfter(period.end())).or(() -> Optional.of(period.end()));
        }

        String words() {
            return first.isPresent()
                    ? "from " + first.get() + " to " + last.orElseThrow() + ", "
                    : least.isEmpty()
                            ? ""
                            : count + " numbers, sum " + plain(sum) + ", from " + plain(least.get()) + " to "
                                    + plain(most.orElseThrow()) + ", ";
        }

        private static String plain(BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
    }

    private final long headerLine;
    private final List<String> headings;
    private final List<InferredColumn> columns;
    private final NumberFormat numbers;
    private final List<ColumnTally> tallies = new ArrayList<>();
    private final Map<InferredColumn, PeriodFormat> formats = new HashMap<>();

    TemplateFigures(RowSample.SampleRow header, List<InferredColumn> columns, NumberFormat numbers) {
        this.headerLine = header.line();
        this.headings = header.cells();
        this.columns = columns;
        this.numbers = numbers;
        for (InferredColumn column : columns) {
            tallies.add(new ColumnTally());
            if (column.field().filter(ReportField::isPeriod).isPresent()
                    && !column.formats().isEmpty()) {
                formats.put(column, PeriodFormat.of(column.formats().getFirst(), Locale.US));
            }
        }
    }

    void take(RowSample.SampleRow row) {
        List<String> cells = row.cells();
        if (row.line() <= headerLine || cells.size() != headings.size() || cells.equals(headings) || isTotal(cells)) {
            return;
        }
        for (int i = 0; i < cells.size(); i++) {
            Optional<PeriodFormat> format = Optional.ofNullable(formats.get(columns.get(i)));
            ColumnTally tally = tallies.get(i);
            if (format.isPresent()) {
                format.get().parse(cells.get(i).strip()).ifPresent(tally::add);
            } else if (!cells.get(i).isBlank()) {
                ColumnNumbers.number(cells.get(i), numbers).ifPresent(tally::add);
            }
        }
    }

    private static boolean isTotal(List<String> cells) {
        return cells.stream()
                .filter(cell -> !cell.isBlank())
                .findFirst()
                .filter(cell -> cell.toLowerCase(Locale.ROOT).matches("(grand |sub[- ]?)?total.*"))
                .isPresent();
    }

    /// What a field from this column comes to; empty where that says nothing.
    String of(InferredColumn column) {
        boolean counts = column.field()
                .filter(field -> field.isPeriod() || field == ReportField.QUANTITY || field == ReportField.NET_REVENUE)
                .isPresent();
        return counts ? tallies.get(columns.indexOf(column)).words() : "";
    }

    /// The numbers that were not taken for the label's money, a line each.
    List<String> others(List<MoneyColumns.MoneyCandidate> money) {
        List<String> lines = new ArrayList<>();
        for (MoneyColumns.MoneyCandidate other : money.subList(Math.min(1, money.size()), money.size())) {
            if (lines.isEmpty()) {
                lines.add("Numbers that were not taken for the label's money:");
            }
            lines.add("  \"" + other.heading() + "\": "
                    + tallies.get(other.column()).words().replaceAll(", $", ""));
        }
        return lines;
    }
}
