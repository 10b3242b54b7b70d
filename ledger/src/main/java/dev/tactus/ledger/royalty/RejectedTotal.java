package dev.tactus.ledger.royalty;

import java.math.BigDecimal;

/// What a report's rejected rows would have come to in one currency, as far as their amounts can be read.
///
/// @param currency ISO 4217; `XXX` where the row does not tell it
/// @param rows with an amount that can be read
public record RejectedTotal(String currency, long rows, BigDecimal amount) {}
