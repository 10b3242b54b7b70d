package dev.tactus.limits.headers;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The date forms of HTTP: the one to be sent and the two obsolete ones to be read (RFC 9110, section 5.6.7), ISO
/// 8601, which some servers send instead, and SoundCloud's own.
final class HttpDate {
    private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(2000, 1, 1))
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            RFC_850,
            ASCTIME,
            DateTimeFormatter.ISO_OFFSET_DATE_TIME,
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss xx", Locale.ENGLISH));

    private static final int LONGEST = 64;

    private HttpDate() {}

    static Optional<Instant> parse(@Nullable String text) {
        // Every form has a time of day; anything else is not worth four exceptions.
        return text == null || text.length() > LONGEST || !text.contains(":")
                ? Optional.empty()
                : FORMS.stream()
                        .flatMap(form -> parse(form, text.strip()).stream())
                        .findFirst();
    }

    private static Optional<Instant> parse(DateTimeFormatter form, String text) {
        try {
            return Optional.of(form.parse(text, Instant::from));
        } catch (DateTimeException anotherForm) {
            return Optional.empty();
        }
    }
}
