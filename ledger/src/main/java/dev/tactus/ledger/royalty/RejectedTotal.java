package dev.tactus.ledger.royalty;

import java.math.BigDecimal;

/// What a report's rejected rows would have come to in one currency; one entry without a currency counts the rows whose
/// amounts can't be read.
///
/// @param currency ISO 4217; `XXX` where the row does not tell it; empty for rows whose amounts can't be read
public record RejectedTotal(String currency, long rows, BigDecimal amount) {
    /// Rows that may hold any amount.
    public static RejectedTotal unreadable(long rows) {
        return new RejectedTotal("", rows, BigDecimal.ZERO);
    }

    public boolean isUnreadable() {
        return currency.isEmpty();
    }
}
