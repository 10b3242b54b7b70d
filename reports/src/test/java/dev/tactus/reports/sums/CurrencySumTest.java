package dev.tactus.reports.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reports.BadReport;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CurrencySumTest {
    private final CurrencySum sum = new CurrencySum("EUR");

    private void add(String amount) {
        BigDecimal exact = new BigDecimal(amount);
        sum.add(exact, SaleAmount.of(exact, new byte[0]));
    }

    @Test
    void keepsWhatRoundingLeavesOut() {
        add("0.0000000000000000006");
        add("0.0000000000000000016");
        add("-2.50");
        assertThat(sum.total())
                .isEqualTo(new ReportTotal(
                        "EUR",
                        3,
                        2,
                        new BigDecimal("-2.4999999999999999978"),
                        new BigDecimal("-2.499999999999999997")));
    }

    @Test
    void aSumOfNothingIsZeroWithoutDecimals() {
        add("2.50");
        add("-2.50");
        assertThat(sum.total()).isEqualTo(new ReportTotal("EUR", 2, 0, BigDecimal.ZERO, BigDecimal.ZERO));
    }

    @Test
    void carriesOverSixtyFourBits() {
        sum.add(-1L, 0);
        sum.add(1L, 0);
        assertThat(sum.landed().unscaledValue()).isEqualTo(java.math.BigInteger.TWO.pow(64));
        sum.add(-1L, -1);
        assertThat(sum.landed().unscaledValue())
                .isEqualTo(java.math.BigInteger.TWO.pow(64).subtract(java.math.BigInteger.ONE));
    }

    @Test
    void failsRatherThanOverflow() {
        sum.add(0, Long.MAX_VALUE);
        assertThatThrownBy(() -> sum.add(0, 1))
                .isInstanceOf(BadReport.class)
                .hasMessageContaining("amounts in EUR")
                .hasMessageContaining("identifiers");
    }
}
