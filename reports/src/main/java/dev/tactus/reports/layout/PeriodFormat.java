package dev.tactus.reports.layout;

import dev.tactus.reports.ReportingPeriod;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a day, month, quarter or year is written: letters as `DateTimeFormatter` takes them, with `yyyy`, `yy`, `MM`,
/// `MMM`, `MMMM`, `dd`, `q`. Which of the four it is, the letters say. Names of months are read in the layout's
/// language,
/// and in those of [MonthNames]. Immutable.
///
/// @param written as it stands in the layout
/// @param english the same in English
/// @param dayAlone its day without a time of day, which programs write in many ways; absent where it is no day
public record PeriodFormat(
        String written, DateTimeFormatter formatter, DateTimeFormatter english, Optional<DateTimeFormatter> dayAlone) {
    private static final Pattern TIME_OF_DAY =
            Pattern.compile("(.*[0-9])(?:,? +|T)[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[AaPp]\\.?[Mm]\\.?)?Z?");
    private static final Pattern WRITTEN_TIME = Pattern.compile("('T'|[ ,])*[hH].*");

    /// Which of day and month, written in digits, comes first.
    public enum PartOrder {
        DAY_FIRST,
        MONTH_FIRST
    }

    /// Absent where both are not there, or the month is a name, or the year comes first.
    public Optional<PartOrder> order() {
        int day = written.indexOf('d');
        int month = written.indexOf('M');
        int year = written.indexOf('y');
        return day < 0 || month < 0 || written.contains("MMM") || year < Math.max(day, month)
                ? Optional.empty()
                : Optional.of(day < month ? PartOrder.DAY_FIRST : PartOrder.MONTH_FIRST);
    }

    /// The same with day and month in the other order.
    public PeriodFormat swapped() {
        return of(written.replace('d', '\0').replace('M', 'd').replace('\0', 'M'), formatter.getLocale());
    }

    /// Reads the letters of a format.
    ///
    /// @throws IllegalArgumentException if they mean nothing
    public static PeriodFormat of(String written, Locale language) {
        DateTimeFormatter formatter = formatter(written, language);
        boolean isDay = written.contains("d") && written.contains("M");
        PeriodFormat format = new PeriodFormat(
                written,
                formatter,
                formatter(written, Locale.US),
                isDay
                        ? Optional.of(formatter(WRITTEN_TIME.matcher(written).replaceFirst(""), language))
                        : Optional.empty());
        if (format.parse(formatter.format(LocalDate.of(2024, 11, 22).atTime(13, 14, 15)))
                .isEmpty()) {
            throw new IllegalArgumentException("it has no year, or a day without a month");
        }
        return format;
    }

    private static DateTimeFormatter formatter(String written, Locale language) {
        // y is the year of an era, which a strict reading then asks for
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(written.replace('y', 'u'))
                .toFormatter(language)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    public Optional<ReportingPeriod> parse(String text) {
        Optional<ReportingPeriod> read = parse(text, formatter).or(() -> withoutTime(text));
        if (read.isPresent() || !written.contains("MMM")) {
            return read;
        }
        String named = MonthNames.inEnglish(text, written.contains("MMMM") ? TextStyle.FULL : TextStyle.SHORT);
        return named.equals(text) && english.getLocale().equals(formatter.getLocale()) ? read : parse(named, english);
    }

    /// The day is what counts, however the clock beside it is written.
    private Optional<ReportingPeriod> withoutTime(String text) {
        if (dayAlone.isEmpty() || text.indexOf(':') < 0) {
            return Optional.empty();
        }
        Matcher matcher = TIME_OF_DAY.matcher(text);
        return matcher.matches() ? parse(matcher.group(1), dayAlone.get()) : Optional.empty();
    }

    private static Optional<ReportingPeriod> parse(String text, DateTimeFormatter formatter) {
        TemporalAccessor read;
        try {
            read = formatter.parse(text);
        } catch (DateTimeParseException notThis) {
            return Optional.empty();
        }
        try {
            return Optional.of(period(read));
        } catch (DateTimeException notWhole) {
            return Optional.empty();
        }
    }

    private static ReportingPeriod period(TemporalAccessor read) {
        if (read.isSupported(ChronoField.EPOCH_DAY)) {
            LocalDate day = LocalDate.from(read);
            return new ReportingPeriod(day, day);
        }
        int year = read.get(ChronoField.YEAR);
        if (read.isSupported(ChronoField.MONTH_OF_YEAR)) {
            return ReportingPeriod.of(YearMonth.of(year, read.get(ChronoField.MONTH_OF_YEAR)));
        }
        if (read.isSupported(IsoFields.QUARTER_OF_YEAR)) {
            // get would ask for the quarter's range, which a date without months does not tell
            return ReportingPeriod.quarter(year, Math.toIntExact(read.getLong(IsoFields.QUARTER_OF_YEAR)));
        }
        return new ReportingPeriod(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }
}
