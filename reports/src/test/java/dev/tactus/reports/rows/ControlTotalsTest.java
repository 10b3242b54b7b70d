package dev.tactus.reports.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.reports.ReportField;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlTotalsTest {
    private final ImportStatistics statistics = new ImportStatistics();
    private final ControlTotals totals = statistics.stated();

    private void land(long quantity, String amount) {
        statistics.land(1, quantity);
        BigDecimal exact = new BigDecimal(amount);
        statistics.tally("EUR").add(exact, SaleAmount.of(exact, new byte[0]));
    }

    private List<String> differences() {
        return totals.differences(statistics);
    }

    @Test
    void aTotalAtTheEndIsThatOfAllRows() {
        land(5, "1.25");
        land(6, "2.25");
        totals.rows(3, new BigDecimal(2), statistics);
        totals.quantity(3, new BigDecimal(11), statistics);
        totals.netRevenue(3, new BigDecimal("3.50"), statistics);
        assertThat(differences()).isEmpty();
        assertThat(totals.compared()).isEqualTo(3);
    }

    @Test
    void everyTotalIsCompared() {
        land(5, "1.25");
        totals.rows(2, new BigDecimal(2), statistics);
        totals.quantity(2, new BigDecimal("5.5"), statistics);
        totals.netRevenue(0, new BigDecimal("1.24"), statistics);
        assertThat(differences())
                .containsExactly(
                        "line 2 states a number of rows of 2, the rows come to 1",
                        "line 2 states a total quantity of 5.5, the rows come to 5",
                        "its preamble states a total net revenue of 1.24, the rows come to 1.25");
    }

    @Test
    void moneyMayBeRoundedToTheLastDigitStated() {
        land(1, "1.2549");
        totals.netRevenue(2, new BigDecimal("1.25"), statistics);
        totals.netRevenue(2, new BigDecimal("1.26"), statistics);
        totals.netRevenue(2, new BigDecimal("1"), statistics);
        assertThat(differences()).isEmpty();
        totals.netRevenue(3, new BigDecimal("1.24"), statistics);
        totals.netRevenue(4, new BigDecimal("1.2539"), statistics);
        assertThat(differences()).hasSize(2);
    }

    @Test
    void aDifferenceOfAWholeUnitIsOne() {
        land(1, "1.25");
        totals.netRevenue(2, new BigDecimal("1.26"), statistics);
        assertThat(differences()).hasSize(1);
    }

    @Test
    void aTotalInTheMiddleMayBeThatOfTheRowsSinceTheLastOne() {
        land(5, "1");
        totals.quantity(2, new BigDecimal(5), statistics);
        land(7, "1");
        totals.quantity(4, new BigDecimal(7), statistics);
        land(9, "1");
        totals.quantity(6, new BigDecimal(21), statistics);
        assertThat(differences()).isEmpty();
        totals.quantity(7, new BigDecimal(8), statistics);
        assertThat(differences()).singleElement().asString().startsWith("line 7 states");
    }

    @Test
    void aTotalBeforeTheRowsIsThatOfThoseThatFollow() {
        totals.quantity(0, new BigDecimal(5), statistics);
        assertThat(differences()).hasSize(1);
        land(5, "1");
        assertThat(differences()).isEmpty();
    }

    @Test
    void rejectedRowsCountToo() {
        land(5, "1");
        statistics.reject(ReportField.ISRC, "bad");
        totals.rejected(new BigDecimal(3), new BigDecimal("0.5"));
        totals.rows(3, new BigDecimal(2), statistics);
        totals.quantity(3, new BigDecimal(8), statistics);
        totals.netRevenue(3, new BigDecimal("1.50"), statistics);
        assertThat(differences()).isEmpty();
        assertThat(totals.excuse()).isEmpty();
    }

    @Test
    void anUnreadableAmountExcusesADifference() {
        totals.rejectedUnreadable();
        totals.rejectedUnreadable();
        assertThat(totals.excuse())
                .hasValueSatisfying(excuse -> assertThat(excuse).startsWith("2 rejected rows"));
    }

    @Test
    void whatCannotBeReadIsADifference() {
        totals.unreadable(4, "'x' is not a number");
        totals.incomplete("its last record is missing");
        assertThat(differences())
                .containsExactly(
                        "line 4 states a total that can't be read: 'x' is not a number", "its last record is missing");
        assertThat(totals.compared()).isZero();
    }
}
