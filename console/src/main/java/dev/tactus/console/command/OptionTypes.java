package dev.tactus.console.command;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.BadPeriod;
import dev.tactus.reconcile.Period;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How the texts of options become values, and what is said of those that can't.
public final class OptionTypes {
    private static final int LONGEST = 1_000;

    private OptionTypes() {}

    /// Registers the types that mean the same in every command.
    public static void register(CommandLine line) {
        line.registerConverter(LocalDate.class, OptionTypes::day)
                .registerConverter(Duration.class, OptionTypes::duration)
                .registerConverter(Period.class, OptionTypes::period)
                .registerConverter(Isrc.class, OptionTypes::isrc)
                .registerConverter(Dataset.class, OptionTypes::dataset)
                .registerConverter(Integer.class, text -> (int) whole(text, 0, Integer.MAX_VALUE))
                .registerConverter(int.class, text -> (int) whole(text, 0, Integer.MAX_VALUE))
                .registerConverter(long.class, text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /// How many rows to show: at least one.
    public static final class RowCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) whole(text, 1, 1_000_000);
        }
    }

    /// How many calls may be made.
    public static final class CallCount implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return whole(text, 0, Long.MAX_VALUE);
        }
    }

    /// A time of day, in UTC where no offset is given.
    public static final class TimeOfDay implements ITypeConverter<OffsetTime> {
        @Override
        public OffsetTime convert(String text) {
            try {
                return text.matches("[0-9:]+")
                        ? LocalTime.parse(text).atOffset(ZoneOffset.UTC)
                        : OffsetTime.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        quoted(text) + " is not a time of day such as 06:00, 06:00Z or 06:00+02:00");
            }
        }
    }

    /// A name or a reason that is kept for good: one line.
    public static final class RecordedText implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
                throw new TypeConversionException("it is kept on the record: one line of 1 to 1,000 characters");
            }
            return text;
        }
    }

    static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException(quoted(text) + " is not a day such as 2026-11-21");
        }
    }

    /// In the form that the configuration uses: `90s`, `15m`, `6h`.
    static Duration duration(String text) {
        try {
            return Section.parse("option", "value: \"" + text.replace("\"", "") + "\"", name -> null)
                    .require("value")
                    .duration();
        } catch (InvalidConfiguration e) {
            throw new TypeConversionException(quoted(text) + " is not a duration such as 90s, 15m or 6h");
        }
    }

    static Period period(String text) {
        try {
            return Period.parse(text);
        } catch (BadPeriod e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static Isrc isrc(String text) {
        try {
            return Isrc.parse(text);
        } catch (InvalidIsrc e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static Dataset dataset(String text) {
        return Arrays.stream(Dataset.values())
                .filter(one -> one.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(quoted(text) + " is no dataset; one of "
                        + Arrays.stream(Dataset.values()).map(Dataset::label).collect(Collectors.joining(", "))));
    }

    private static long whole(String text, long min, long max) {
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException(quoted(text) + " is not a whole number");
        }
        throw new TypeConversionException(quoted(text) + " is not a whole number "
                + (max < Integer.MAX_VALUE
                        ? "from " + HumanFormat.count(min) + " to " + HumanFormat.count(max)
                        : "of " + min + " or more"));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
