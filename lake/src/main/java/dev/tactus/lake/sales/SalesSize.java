package dev.tactus.lake.sales;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How large a delivery of sales is.
///
/// @param rows that landed
/// @param units the sum of the quantities
/// @param money the sum of the amounts, by currency; only currencies that have some
public record SalesSize(long rows, BigInteger units, SortedMap<String, BigDecimal> money) {
    public static final SalesSize NONE = new SalesSize(0, BigInteger.ZERO, new TreeMap<>());

    public SalesSize {
        money = Collections.unmodifiableSortedMap(new TreeMap<>(money));
    }

    /// Both together.
    public SalesSize plus(SalesSize other) {
        SortedMap<String, BigDecimal> sum = new TreeMap<>(money);
        other.money.forEach((currency, amount) -> sum.merge(currency, amount, BigDecimal::add));
        return new SalesSize(rows + other.rows, units.add(other.units), sum);
    }
}
