package dev.tactus.reconcile;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The days that are settled together: a month, a quarter, or any run of days, such as a service's fiscal month.
///
/// Two periods are equal when their days are: `2026-10-01..2026-10-31` is `2026-10`.
///
/// @param from the first day
/// @param to the last day, which belongs to it
public record Period(LocalDate from, LocalDate to) implements Comparable<Period> {
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})-Q([1-4])");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DAYS = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.\\.(\\d{4}-\\d{2}-\\d{2})");
    private static final int MONTHS_IN_A_QUARTER = 3;
    /// A typing error in a year is found before a command walks through a century.
    private static final int MOST_DAYS = 3_660;

    public Period {
        if (to.isBefore(from)) {
            throw new BadPeriod("the period " + from + ".." + to + " ends before it begins");
        }
        if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw new BadPeriod("the period " + from + ".." + to + " is longer than ten years");
        }
    }

    /// Reads `2026-10`, `2026-Q4` or `2026-10-01..2026-11-04`.
    public static Period parse(String text) {
        String wanted = text.strip();
        try {
            if (MONTH.matcher(wanted).matches()) {
                return months(YearMonth.parse(wanted), 1);
            }
            Matcher quarter = QUARTER.matcher(wanted);
            if (quarter.matches()) {
                int first = (Integer.parseInt(quarter.group(2)) - 1) * MONTHS_IN_A_QUARTER + 1;
                return months(YearMonth.of(Integer.parseInt(quarter.group(1)), first), MONTHS_IN_A_QUARTER);
            }
            Matcher days = DAYS.matcher(wanted);
            if (days.matches()) {
                return new Period(LocalDate.parse(days.group(1)), LocalDate.parse(days.group(2)));
            }
        } catch (DateTimeException e) {
            throw new BadPeriod("'" + clipped(wanted) + "' is not a period: there is no such day or month");
        }
        throw new BadPeriod("'" + clipped(wanted)
                + "' is not a period; write a month (2026-10), a quarter (2026-Q4) or days (2026-10-01..2026-11-04)");
    }

    /// Reads the same, or one day: `2026-10-31`.
    public static Period orDay(String text) {
        String wanted = text.strip();
        try {
            return DAY.matcher(wanted).matches()
                    ? new Period(LocalDate.parse(wanted), LocalDate.parse(wanted))
                    : parse(wanted);
        } catch (DateTimeException e) {
            throw new BadPeriod("'" + clipped(wanted) + "' is no day that there is");
        }
    }

    private static Period months(YearMonth first, int months) {
        return new Period(first.atDay(1), first.plusMonths(months - 1L).atEndOfMonth());
    }

    /// Its name: the shortest that [#parse] reads.
    public String label() {
        if (isMonths(1)) {
            return YearMonth.from(from).toString();
        }
        if (isMonths(MONTHS_IN_A_QUARTER) && from.getMonthValue() % MONTHS_IN_A_QUARTER == 1) {
            return from.getYear() + "-Q" + (from.getMonthValue() / MONTHS_IN_A_QUARTER + 1);
        }
        return from + ".." + to;
    }

    /// How many days it has.
    public long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    public boolean contains(Period other) {
        return contains(other.from) && contains(other.to);
    }

    public boolean overlaps(Period other) {
        return !other.to.isBefore(from) && !other.from.isAfter(to);
    }

    /// The period before it of the same kind: whole months before whole months, else as many days.
    public Period previous() {
        for (int months = 1; months <= 12; months++) {
            if (isMonths(months)) {
                return months(YearMonth.from(from).minusMonths(months), months);
            }
        }
        return new Period(from.minusDays(days()), from.minusDays(1));
    }

    private boolean isMonths(int months) {
        return from.getDayOfMonth() == 1 && equals(months(YearMonth.from(from), months));
    }

    private static String clipped(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    @Override
    public int compareTo(Period other) {
        int byStart = from.compareTo(other.from);
        return byStart != 0 ? byStart : to.compareTo(other.to);
    }

    @Override
    public String toString() {
        return label();
    }
}
