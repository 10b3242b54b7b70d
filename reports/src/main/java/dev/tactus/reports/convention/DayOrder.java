package dev.tactus.reports.convention;

import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.layout.PeriodFormat;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
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
    private static final int CENTURY = 2_000;
    /// Statements are about the months before them.
    private static final int RECENT_MONTHS = 6;

    private final List<PeriodFormat> formats;
    private final boolean wholeMonths;
    private @Nullable String dayFirst;
    private @Nullable String monthFirst;
    private @Nullable String example;
    /// What tells the order, where no cell does.
    private Optional<PeriodFormat.PartOrder> told = Optional.empty();

    private final SortedSet<LocalDate> ifMonthFirst = new TreeSet<>();
    private final SortedSet<LocalDate> ifDayFirst = new TreeSet<>();
    private long line;

    /// @param formats in which the column is read
    /// @param wholeMonths whether a day stands for its month
    public DayOrder(List<PeriodFormat> formats, boolean wholeMonths) {
        this.formats = formats;
        this.wholeMonths = wholeMonths;
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
        if (isDay(matcher.group(4), first, second) && isDay(matcher.group(4), second, first)) {
            int year = Integer.parseInt(matcher.group(4));
            int full = year < MONTHS * MONTHS ? CENTURY + year : year;
            ifMonthFirst.add(LocalDate.of(full, first, second));
            ifDayFirst.add(LocalDate.of(full, second, first));
        }
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

    /// The order that a cell of its own shows; absent where none does, or where they contradict one another.
    public Optional<PeriodFormat.PartOrder> shown() {
        return (dayFirst == null) == (monthFirst == null)
                ? Optional.empty()
                : Optional.of(dayFirst != null ? PeriodFormat.PartOrder.DAY_FIRST : PeriodFormat.PartOrder.MONTH_FIRST);
    }

    /// Whether its cells have one order at most in which they are days: then they need nobody to tell.
    private boolean isOpen() {
        return dayFirst == null
                && monthFirst == null
                && !ifMonthFirst.isEmpty()
                && !ifMonthFirst.equals(ifDayFirst)
                && isOrdered();
    }

    /// Where no cell shows the order, what stands beside it may: days that stand for months are first days, other
    /// columns
    /// of the file are written likewise, and no usage is after its statement.
    ///
    /// @param elsewhere the order that other columns show
    /// @param latest the day of the statement, or of the import
    public void settle(Optional<PeriodFormat.PartOrder> elsewhere, LocalDate latest) {
        if (!isOpen()) {
            return;
        }
        boolean months = wholeMonths && areFirstDays(ifMonthFirst) != areFirstDays(ifDayFirst);
        if (months) {
            told = Optional.of(order(areFirstDays(ifMonthFirst)));
        } else if (elsewhere.isPresent()) {
            told = elsewhere;
        } else if (isAfter(ifMonthFirst, latest) != isAfter(ifDayFirst, latest)) {
            told = Optional.of(order(isAfter(ifDayFirst, latest)));
        } else if (isRecent(read(), latest) && !isRecent(unread(), latest)) {
            told = Optional.of(order(isReadMonthFirst()));
        }
    }

    private static PeriodFormat.PartOrder order(boolean monthComesFirst) {
        return monthComesFirst ? PeriodFormat.PartOrder.MONTH_FIRST : PeriodFormat.PartOrder.DAY_FIRST;
    }

    private static boolean areFirstDays(SortedSet<LocalDate> days) {
        return days.stream().allMatch(day -> day.getDayOfMonth() == 1);
    }

    private static boolean isAfter(SortedSet<LocalDate> days, LocalDate latest) {
        return days.last().isAfter(latest);
    }

    private static boolean isRecent(SortedSet<LocalDate> days, LocalDate latest) {
        return !days.first().isBefore(latest.minusMonths(RECENT_MONTHS)) && !isAfter(days, latest);
    }

    private Optional<PeriodFormat.PartOrder> readAs() {
        return formats.stream().flatMap(format -> format.order().stream()).findFirst();
    }

    private SortedSet<LocalDate> read() {
        return isReadMonthFirst() ? ifMonthFirst : ifDayFirst;
    }

    private boolean isReadMonthFirst() {
        return readAs().filter(PeriodFormat.PartOrder.MONTH_FIRST::equals).isPresent();
    }

    private SortedSet<LocalDate> unread() {
        return isReadMonthFirst() ? ifDayFirst : ifMonthFirst;
    }

    /// Whether there is such a day: what is none proves nothing.
    private static boolean isDay(String year, int month, int day) {
        return month >= 1
                && month <= MONTHS
                && day >= 1
                && day <= YearMonth.of(Integer.parseInt(year), month).lengthOfMonth();
    }

    /// The cells that contradict one another; absent where none do.
    public Optional<String> contradiction() {
        return dayFirst != null && monthFirst != null
                ? Optional.of("day and month stand in no one order: " + dayFirst + " and " + monthFirst)
                : Optional.empty();
    }

    /// That the cells may mean quite other days than they are read as, and nothing tells; absent where something does.
    public Optional<DayDoubt> doubt() {
        if (!isOpen() || told.isPresent()) {
            return Optional.empty();
        }
        SortedSet<YearMonth> months = months(read());
        SortedSet<YearMonth> others = months(unread());
        boolean isDayFirst = !isReadMonthFirst();
        return months.equals(others)
                ? Optional.empty()
                : Optional.of(new DayDoubt(
                        months,
                        others,
                        "all days can be read as " + (isDayFirst ? "month/day" : "day/month") + ", and are then of "
                                + words(others) + " rather than of " + words(months) + ", such as " + example));
    }

    private static SortedSet<YearMonth> months(SortedSet<LocalDate> days) {
        SortedSet<YearMonth> months = new TreeSet<>();
        days.forEach(day -> months.add(YearMonth.from(day)));
        return months;
    }

    private static String words(SortedSet<YearMonth> months) {
        return months.size() == 1
                ? months.first().toString()
                : months.size() + " months from " + months.first() + " to " + months.last();
    }

    /// The formats in which the column is to be read, if they are others than it was read in.
    public Optional<List<PeriodFormat>> other() {
        Optional<PeriodFormat.PartOrder> right = shown().or(() -> told);
        Optional<PeriodFormat.PartOrder> read = readAs();
        if (right.isEmpty() || read.isEmpty() || read.equals(right)) {
            return Optional.empty();
        }
        List<PeriodFormat> swapped = new ArrayList<>();
        for (PeriodFormat format : formats) {
            swapped.add(
                    format.order().filter(order -> !order.equals(right.get())).isPresent() ? format.swapped() : format);
        }
        return Optional.of(swapped);
    }
}
