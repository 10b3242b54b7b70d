package dev.tactus.lake.sales;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// An amount of money as a report states it, and as the lake's decimal(38,18) holds it. Immutable.
public final class SaleAmount {
    static final int SCALE = 18;
    /// One more than the largest amount in units of 10⁻¹⁸.
    private static final BigInteger LIMIT = BigInteger.TEN.pow(38);

    private final long low;
    private final long high;
    private final byte[] reported;

    /// @param low the lower 64 bits of the amount in units of 10⁻¹⁸
    /// @param high the upper 64 bits, with its sign
    /// @param reported exactly as it stands in the report, UTF-8; not to be changed afterwards
    public SaleAmount(long low, long high, byte[] reported) {
        this.low = low;
        this.high = high;
        this.reported = reported;
    }

    /// Rounds half to even beyond 18 decimals.
    ///
    /// @throws ArithmeticException if it has more than 20 digits before the point
    public static SaleAmount of(BigDecimal amount, byte[] reported) {
        BigInteger units = amount.setScale(SCALE, RoundingMode.HALF_EVEN).unscaledValue();
        if (units.abs().compareTo(LIMIT) >= 0) {
            throw new ArithmeticException("an amount of money has at most 20 digits before the point");
        }
        return new SaleAmount(units.longValue(), units.shiftRight(Long.SIZE).longValue(), reported);
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    byte[] reported() {
        return reported;
    }

    /// As the lake holds it.
    public BigDecimal landed() {
        return decimal(low, high);
    }

    static BigDecimal decimal(long low, long high) {
        BigInteger units =
                BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
        return new BigDecimal(units, SCALE);
    }
}
