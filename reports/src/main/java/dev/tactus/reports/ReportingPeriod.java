package dev.tactus.reports;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Days from one to another, both included.
///
/// As text it is the shortest of `2026-10`, `2026-Q4`, `2026`, `2026-10-05` and `2026-10-01..2026-11-04`.
public record ReportingPeriod(LocalDate start, LocalDate end) {
    private static final Pattern QUARTER = Pattern.compile("([0-9]{4})-?[Qq]([1-4])");

    public ReportingPeriod {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("the period ends on " + end + ", before it begins on " + start);
        }
    }

    public static ReportingPeriod of(YearMonth month) {
        return new ReportingPeriod(month.atDay(1), month.atEndOfMonth());
    }

    public static ReportingPeriod quarter(int year, int quarter) {
        YearMonth first = YearMonth.of(year, quarter * 3 - 2);
        return new ReportingPeriod(first.atDay(1), first.plusMonths(2).atEndOfMonth());
    }

    /// Reads what [#toString] writes.
    public static Optional<ReportingPeriod> parse(String text) {
        Matcher quarter = QUARTER.matcher(text.strip());
        try {
            if (quarter.matches()) {
                return Optional.of(quarter(Integer.parseInt(quarter.group(1)), Integer.parseInt(quarter.group(2))));
            }
            String[] ends = text.strip().split("\\.\\.", -1);
            ReportingPeriod first = simple(ends[0]);
            return switch (ends.length) {
                case 1 -> Optional.of(first);
                case 2 ->
                    Optional.of(
                            new ReportingPeriod(first.start(), simple(ends[1]).end()));
                default -> Optional.empty();
            };
        } catch (DateTimeException | IllegalArgumentException noPeriod) {
            return Optional.empty();
        }
    }

    private static ReportingPeriod simple(String text) {
        if (text.matches("[0-9]{4}")) {
            int year = Integer.parseInt(text);
            return new ReportingPeriod(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
        }
        if (text.length() == 7) {
            return of(YearMonth.parse(text));
        }
        LocalDate day = LocalDate.parse(text);
        return new ReportingPeriod(day, day);
    }

    @Override
    public String toString() {
        if (start.equals(end)) {
            return start.toString();
        }
        YearMonth first = YearMonth.from(start);
        YearMonth last = YearMonth.from(end);
        if (start.getDayOfMonth() == 1 && end.equals(last.atEndOfMonth())) {
            if (first.equals(last)) {
                return first.toString();
            }
            if (first.getMonthValue() == 1 && last.equals(first.plusMonths(11))) {
                return Integer.toString(first.getYear());
            }
            if (first.getMonthValue() % 3 == 1 && last.equals(first.plusMonths(2))) {
                return first.getYear() + "-Q" + (first.getMonthValue() + 2) / 3;
            }
        }
        return start + ".." + end;
    }
}
