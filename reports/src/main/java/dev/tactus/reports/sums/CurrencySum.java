package dev.tactus.reports.sums;

import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reports.BadReport;
import java.math.BigDecimal;
import java.math.BigInteger;

/// The sum of the amounts in one currency, exact: in units of 10⁻¹⁸ with 128 bits, and beside it what rounding to those
/// left out. Not thread-safe.
public final class CurrencySum {
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final String currency;
    private long rows;
    private long rounded;
    private long low;
    private long high;
    private BigDecimal leftOut = BigDecimal.ZERO;

    public CurrencySum(String currency) {
        this.currency = currency;
    }

    /// Adds an amount that the lake holds exactly.
    public void add(long amountLow, long amountHigh) {
        long sum = low + amountLow;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        low = sum;
        try {
            high = Math.addExact(high, Math.addExact(amountHigh, carry));
        } catch (ArithmeticException e) {
            throw new BadReport(
                    "its amounts in " + currency
                            + " come to more than 10^20, which nothing can add up. Look at the column"
                            + " that is taken for money: it may hold identifiers",
                    e);
        }
        rows++;
    }

    /// Adds an amount that the lake may have to round.
    public void add(BigDecimal exact, SaleAmount landed) {
        BigDecimal difference = exact.subtract(landed.landed());
        BigInteger units = landed.landed().unscaledValue();
        add(units.longValue(), units.shiftRight(Long.SIZE).longValue());
        if (difference.signum() != 0) {
            leftOut = leftOut.add(difference);
            rounded++;
        }
    }

    public BigDecimal landed() {
        BigInteger unsigned = BigInteger.valueOf(low);
        BigInteger units = BigInteger.valueOf(high)
                .shiftLeft(Long.SIZE)
                .add(unsigned.signum() < 0 ? unsigned.add(WORD) : unsigned);
        return new BigDecimal(units, 18);
    }

    public long rows() {
        return rows;
    }

    public ReportTotal total() {
        return new ReportTotal(currency, rows, rounded, bare(landed().add(leftOut)), bare(landed()));
    }

    public String currency() {
        return currency;
    }

    private static BigDecimal bare(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}
