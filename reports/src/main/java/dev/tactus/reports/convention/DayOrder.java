package dev.tactus.reports.convention;

import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.layout.PeriodFormat;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the cells of one column tell of the order of day and month: `25/4/2026` and `4/25/2026` do, `4/5/2026` does
/// not. Not thread-safe.
public final class DayOrder {
    private static final Pattern DAY =
            Pattern.compile("([0-9]{1,2})([/.-])([0-9]{1,2})\\2([0-9]{2}|[0-9]{4})(?![0-9]).*");
    private static final int MONTHS = 12;
    /// So many months are no statement's, where the other order makes one month of them.
    private static final int MANY_MONTHS = 3;

    private final List<PeriodFormat> formats;
    private @Nullable String dayFirst;
    private @Nullable String monthFirst;
    private @Nullable String example;
    private final TreeSet<String> ifMonthFirst = new TreeSet<>();
    private final TreeSet<String> ifDayFirst = new TreeSet<>();
    private long line;

    /// @param formats in which the column is read
    public DayOrder(List<PeriodFormat> formats) {
        this.formats = formats;
    }

    public void at(long nextLine) {
        line = nextLine;
    }

    public void see(String written) {
        if (!isOrdered()) {
            return;
        }
        Matcher matcher = DAY.matcher(written);
        if (!matcher.matches()) {
            return;
        }
        int first = Integer.parseInt(matcher.group(1));
        int second = Integer.parseInt(matcher.group(3));
        String shown = "line " + line + " '" + TextExcerpt.brief(written) + "'";
        example = example == null ? shown : example;
        if (first > MONTHS && dayFirst == null && isDay(matcher.group(4), second, first)) {
            dayFirst = shown;
        } else if (second > MONTHS && monthFirst == null && isDay(matcher.group(4), first, second)) {
            monthFirst = shown;
        }
        ifMonthFirst.add(matcher.group(4) + "-" + first);
        ifDayFirst.add(matcher.group(4) + "-" + second);
    }

    /// Takes over what the cells of another column tell: the first and the last day of usage are written in one order.
    ///
    /// @return whether both have one order to be read in
    public boolean agreeWith(DayOrder other) {
        if (!isOrdered() || !other.isOrdered()) {
            return false;
        }
        dayFirst = dayFirst == null ? other.dayFirst : dayFirst;
        monthFirst = monthFirst == null ? other.monthFirst : monthFirst;
        example = example == null ? other.example : example;
        ifMonthFirst.addAll(other.ifMonthFirst);
        ifDayFirst.addAll(other.ifDayFirst);
        return true;
    }

    private boolean isOrdered() {
        return formats.stream().anyMatch(format -> format.order().isPresent());
    }

    /// Whether there is such a day: what is none proves nothing.
    private static boolean isDay(String year, int month, int day) {
        return month >= 1
                && month <= MONTHS
                && day >= 1
                && day <= YearMonth.of(Integer.parseInt(year), month).lengthOfMonth();
    }

    /// The cells that contradict one another, or may mean quite other days than they are read as; absent where none do.
    public Optional<String> contradiction() {
        if (dayFirst != null && monthFirst != null) {
            return Optional.of("day and month stand in no one order: " + dayFirst + " and " + monthFirst);
        }
        Optional<PeriodFormat> read =
                formats.stream().filter(f -> f.order().isPresent()).findFirst();
        if (dayFirst != null || monthFirst != null || read.isEmpty() || example == null) {
            return Optional.empty();
        }
        boolean isDayFirst = read.get().order().get() == PeriodFormat.PartOrder.DAY_FIRST;
        int months = (isDayFirst ? ifDayFirst : ifMonthFirst).size();
        int others = (isDayFirst ? ifMonthFirst : ifDayFirst).size();
        return months > MANY_MONTHS && others == 1
                ? Optional.of("all days can be read as " + (isDayFirst ? "month/day" : "day/month")
                        + ", and are then of one month rather than of " + months + ", such as " + example)
                : Optional.empty();
    }

    /// The formats in which the column is to be read, if they are others than it was read in.
    public Optional<List<PeriodFormat>> other() {
        if ((dayFirst == null) == (monthFirst == null)) {
            return Optional.empty();
        }
        PeriodFormat.PartOrder proven =
                dayFirst != null ? PeriodFormat.PartOrder.DAY_FIRST : PeriodFormat.PartOrder.MONTH_FIRST;
        Optional<PeriodFormat> first =
                formats.stream().filter(f -> f.order().isPresent()).findFirst();
        if (first.isEmpty() || first.get().order().get() == proven) {
            return Optional.empty();
        }
        List<PeriodFormat> swapped = new ArrayList<>();
        for (PeriodFormat format : formats) {
            swapped.add(format.order().filter(order -> order != proven).isPresent() ? format.swapped() : format);
        }
        return Optional.of(swapped);
    }
}
