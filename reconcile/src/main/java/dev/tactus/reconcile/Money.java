package dev.tactus.reconcile;

import java.math.BigDecimal;

/// An amount in one currency; amounts in different ones are never added.
///
/// @param currency ISO 4217, `XXX` where a report names none
public record Money(String currency, BigDecimal amount) {
    /// Without zeros at the end.
    public Money {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}
