package dev.tactus.ledger.royalty;

import java.math.BigDecimal;

/// What a report's landed rows come to in one currency.
///
/// @param currency ISO 4217
/// @param rows with an amount in this currency
/// @param rounded how many of them have more than 18 decimals, which the lake's decimal can't hold
/// @param reported the sum of the amounts exactly as they stand in the file
/// @param landed the sum of the amounts as the lake holds them; differs from `reported` by the rounding alone
public record ReportTotal(String currency, long rows, long rounded, BigDecimal reported, BigDecimal landed) {}
