package dev.tactus.reports.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.layout.TotalRule.Measure;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlTotalsTest {
    private final ImportStatistics statistics = new ImportStatistics(java.time.LocalDate.of(2026, 11, 22));
    private final ControlTotals totals = statistics.controlTotals();

    private void land(long quantity, String amount) {
        statistics.land(1, quantity);
        BigDecimal exact = new BigDecimal(amount);
        statistics.sum("EUR").add(exact, SaleAmount.of(exact, new byte[0]));
    }

    private List<String> differences() {
        return totals.differences();
    }

    @Test
    void aTotalAtTheEndIsThatOfAllRows() {
        land(5, "1.25");
        land(6, "2.25");
        totals.stated(3, Measure.ROWS, new BigDecimal(2));
        totals.stated(3, Measure.QUANTITY, new BigDecimal(11));
        totals.stated(3, Measure.NET_REVENUE, new BigDecimal("3.50"));
        assertThat(differences()).isEmpty();
        assertThat(totals.compared()).isEqualTo(3);
    }

    @Test
    void everyTotalIsCompared() {
        land(5, "1.25");
        totals.stated(2, Measure.ROWS, new BigDecimal(2));
        totals.stated(2, Measure.QUANTITY, new BigDecimal("5.5"));
        totals.stated(0, Measure.NET_REVENUE, new BigDecimal("1.24"));
        assertThat(differences())
                .containsExactly(
                        "line 2 states a number of rows of 2, but the rows add up to 1",
                        "line 2 states a total quantity of 5.5, but the rows add up to 5",
                        "the preamble states a total net revenue of 1.24, but the rows add up to 1.25");
    }

    @Test
    void moneyMayBeRoundedToTheLastDigitStated() {
        land(1, "1.2549");
        totals.stated(2, Measure.NET_REVENUE, new BigDecimal("1.25"));
        totals.stated(2, Measure.NET_REVENUE, new BigDecimal("1.26"));
        totals.stated(2, Measure.NET_REVENUE, new BigDecimal("1"));
        assertThat(differences()).isEmpty();
        totals.stated(3, Measure.NET_REVENUE, new BigDecimal("1.24"));
        totals.stated(4, Measure.NET_REVENUE, new BigDecimal("1.2539"));
        assertThat(differences()).hasSize(2);
    }

    @Test
    void aDifferenceOfAWholeUnitIsOne() {
        land(1, "1.25");
        totals.stated(2, Measure.NET_REVENUE, new BigDecimal("1.26"));
        assertThat(differences()).hasSize(1);
    }

    @Test
    void aTotalInTheMiddleMayBeThatOfTheRowsSinceTheLastOne() {
        land(5, "1");
        totals.stated(2, Measure.QUANTITY, new BigDecimal(5));
        land(7, "1");
        totals.stated(4, Measure.QUANTITY, new BigDecimal(7));
        land(9, "1");
        totals.stated(6, Measure.QUANTITY, new BigDecimal(21));
        assertThat(differences()).isEmpty();
        totals.stated(7, Measure.QUANTITY, new BigDecimal(8));
        assertThat(differences()).singleElement().asString().startsWith("line 7 states");
    }

    @Test
    void aTotalBeforeTheRowsIsThatOfThoseThatFollow() {
        totals.stated(0, Measure.QUANTITY, new BigDecimal(5));
        assertThat(differences()).hasSize(1);
        land(5, "1");
        assertThat(differences()).isEmpty();
    }

    @Test
    void rejectedRowsCountToo() {
        land(5, "1");
        statistics.reject(ReportField.ISRC, "bad");
        totals.rejected(new BigDecimal(3), new BigDecimal("0.5"));
        totals.stated(3, Measure.ROWS, new BigDecimal(2));
        totals.stated(3, Measure.QUANTITY, new BigDecimal(8));
        totals.stated(3, Measure.NET_REVENUE, new BigDecimal("1.50"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void unreadableAmountsMayBeADifferenceAndDoNotExcuseIt() {
        totals.rejectedUnreadable();
        totals.rejectedUnreadable();
        totals.stated(3, Measure.ROWS, BigDecimal.ONE);
        assertThat(differences())
                .singleElement()
                .asString()
                .contains("the rows add up to 0 (rejected rows whose numbers can't be read", ": 2)");
    }

    @Test
    void whatCannotBeReadIsADifference() {
        totals.unreadable(4, "'x' is not a number");
        assertThat(differences()).containsExactly("line 4 states an unreadable total: 'x' is not a number");
        assertThat(totals.compared()).isZero();
    }
}
