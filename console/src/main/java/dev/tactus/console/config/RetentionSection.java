package dev.tactus.console.config;

import dev.tactus.lake.retention.RetentionKind;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long what was received is kept: `retention:`. What is not named is kept for good.
///
/// @param ages by kind
public record RetentionSection(Map<RetentionKind, Period> ages) {
    private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,4})\\s*(d|mo|y)");

    public RetentionSection {
        ages = ages.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(ages));
    }

    static RetentionSection none() {
        return new RetentionSection(Map.of());
    }

    static RetentionSection read(Section yaml) {
        yaml.only("payloads", "statements");
        Map<RetentionKind, Period> ages = new EnumMap<>(RetentionKind.class);
        for (RetentionKind kind : RetentionKind.values()) {
            yaml.find(kind.label()).ifPresent(value -> ages.put(kind, age(value)));
        }
        return new RetentionSection(ages);
    }

    private static Period age(Value value) {
        Matcher matcher = AGE.matcher(value.text().strip());
        if (!matcher.matches()) {
            throw value.bad("expected an age such as 400d, 18mo or 7y");
        }
        int number = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Period.ofDays(number);
            case "mo" -> Period.ofMonths(number);
            default -> Period.ofYears(number);
        };
    }

    /// The day before which what was received is older than it is to be; absent where a kind is kept for good.
    public Optional<LocalDate> before(RetentionKind kind, LocalDate today) {
        return Optional.ofNullable(ages.get(kind)).map((TemporalAmount age) -> today.minus(age));
    }
}
