package dev.tactus.reports;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a layout can find in a report.
public enum ReportField {
    /// who sent the report
    SENDER,
    /// which file of a set it is, such as `1/2`
    PART,
    SERVICE,
    ISRC,
    UPC,
    TITLE,
    ARTIST,
    TERRITORY,
    USAGE_TYPE,
    /// a day, month, quarter or year: both ends of the usage at once
    USAGE,
    USAGE_START,
    USAGE_END,
    STATEMENT_PERIOD,
    QUANTITY,
    CURRENCY,
    NET_REVENUE,
    EXCHANGE_RATE,
    LABEL,
    CATALOGUE_NUMBER,
    SUBSCRIPTION_TYPE,
    /// before anybody's share, fee or tax is taken off
    GROSS,
    UNIT_PRICE,
    FEE,
    TAX,
    /// the label's part, as the report writes it: 0.85 or 85
    SHARE;

    private static final Set<ReportField> PERIODS = EnumSet.of(USAGE, USAGE_START, USAGE_END, STATEMENT_PERIOD);

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ReportField> named(String label) {
        return Arrays.stream(values()).filter(f -> f.label().equals(label)).findFirst();
    }

    public static String labels() {
        return Arrays.stream(values()).map(ReportField::label).collect(Collectors.joining(", "));
    }

    /// Whether it is days.
    public boolean isPeriod() {
        return PERIODS.contains(this);
    }
}
