package dev.tactus.lake.sales;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a row takes off the label's money, as `deductions` holds it.
///
/// @param kind such as `withholding`
/// @param heading of the column it stands in; null where the row is nothing else
/// @param amount with at most 18 decimals, signed as reported
/// @param reported the amount's text
public record SaleDeduction(
        String kind,
        @Nullable String heading,
        @Nullable String description,
        @Nullable String statementPeriod,
        @Nullable String currency,
        BigDecimal amount,
        String reported) {}
