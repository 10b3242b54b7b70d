package dev.tactus.gateway.violations;

import dev.tactus.gateway.config.ViolationSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/// Figures and words as texts for people and JSON.
public final class ViolationFormat {
    private ViolationFormat() {}

    /// `20%` of 0.2.
    static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    /// `20% refused on 3 of 7 days`, as the configuration has it.
    public static String rule(ViolationSettings rules) {
        return percent(rules.refusedShare()) + " refused on " + rules.days() + " of " + rules.ofDays() + " days";
    }

    /// `14 days`; hours where it is no whole number of days.
    static String time(Duration time) {
        boolean whole = time.equals(Duration.ofDays(time.toDays()));
        long number = whole ? time.toDays() : time.toHours();
        return number + (whole ? " day" : " hour") + (number == 1 ? "" : "s");
    }

    /// A name in files and JSON: lower case.
    public static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
