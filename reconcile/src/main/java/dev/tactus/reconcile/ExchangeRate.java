package dev.tactus.reconcile;

import java.math.BigDecimal;

/// What one unit of a currency is worth in the home currency.
///
/// @param currency ISO 4217
/// @param rate units of the home currency for one of this; at most [#DECIMALS] decimals, so that money times a rate is
///     exact
/// @param of the month, quarter, day or days that it holds for
/// @param source whose rate it is, such as `ECB, monthly average`
public record ExchangeRate(String currency, BigDecimal rate, Period of, String source) {
    /// The most decimals of a rate.
    public static final int DECIMALS = 12;

    private static final int DIGITS = 12;

    public ExchangeRate {
        rate = rate.signum() == 0 ? BigDecimal.ZERO : rate.stripTrailingZeros();
        if (rate.signum() <= 0 || rate.scale() > DECIMALS || rate.precision() - rate.scale() > DIGITS) {
            throw new IllegalArgumentException("a rate is more than 0, with at most " + DIGITS
                    + " digits before the point and " + DECIMALS + " after it, not " + rate.toPlainString());
        }
        source = source.strip();
        if (source.isEmpty()) {
            throw new IllegalArgumentException("a rate has a source, such as ECB");
        }
    }

    /// What it holds for: `2026-10`, or a day.
    public String dated() {
        return of.from().equals(of.to()) ? of.from().toString() : of.label();
    }

    /// As it stands in a manifest.
    String written() {
        return rate.toPlainString() + " " + dated() + " " + source;
    }

    static ExchangeRate ofWritten(String currency, String written) {
        String[] parts = written.split(" ", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("the rate of " + currency + " is not one: " + written);
        }
        return new ExchangeRate(currency, new BigDecimal(parts[0]), Period.orDay(parts[1]), parts[2]);
    }
}
