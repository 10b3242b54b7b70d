package dev.tactus.reports.gate;

import dev.tactus.settings.InvalidConfiguration;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount that was paid, or is said to have been.
public record Payment(BigDecimal amount, String currency) {
    private static final Pattern WRITTEN = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z]{3})");
    private static final int CENTS = 2;

    /// Reads an amount such as `12345.67 EUR`.
    ///
    /// @throws InvalidConfiguration if it is none
    public static Payment parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidConfiguration(
                    "--expect " + text + ": expected an amount and a currency, such as \"12345.67 EUR\"");
        }
        return new Payment(new BigDecimal(matcher.group(1)), matcher.group(2).toUpperCase(Locale.ROOT));
    }

    /// Whether that is the amount, to the last digit that is paid in this currency: payments are rounded.
    boolean isPaidBy(BigDecimal stated) {
        BigDecimal unit = BigDecimal.ONE.movePointLeft(Math.max(amount.scale(), digits()));
        return stated.subtract(amount).abs().compareTo(unit) < 0;
    }

    private int digits() {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknownCurrency) {
            return CENTS;
        }
    }

    Payment plus(Payment other) {
        return new Payment(amount.add(other.amount), currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
