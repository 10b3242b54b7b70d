package dev.tactus.reports.workbook;

import dev.tactus.reports.workbook.CellFormats.Shown;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A day as spreadsheets count them: from the end of 1899, or from 1904 on old Macintoshes, the time as its fraction.
final class SerialDay {
    private static final LocalDate ORIGIN = LocalDate.of(1899, 12, 30);
    private static final LocalDate MACINTOSH = LocalDate.of(1904, 1, 1);
    /// 31 December 9999
    private static final double LAST = 2_958_466;

    private static final long SECONDS = 86_400;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private SerialDay() {}

    /// Itself where it is no number of a day.
    static String text(String stored, Shown shown, boolean from1904) {
        double serial;
        try {
            serial = Double.parseDouble(stored.strip());
        } catch (NumberFormatException e) {
            return stored;
        }
        if (!(serial >= 0 && serial < LAST)) {
            return stored;
        }
        long days = (long) serial;
        long seconds = Math.round((serial - days) * SECONDS);
        LocalDateTime time =
                (from1904 ? MACINTOSH : ORIGIN).plusDays(days).atStartOfDay().plusSeconds(seconds);
        return text(time, shown);
    }

    static String text(LocalDateTime time, Shown shown) {
        return switch (shown) {
            case MONTH -> YearMonth.from(time).toString();
            case YEAR -> Integer.toString(time.getYear());
            case DAY, NUMBER ->
                time.toLocalTime().toSecondOfDay() == 0 ? time.toLocalDate().toString() : TIME.format(time);
        };
    }
}
