package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.sales.PreparedSales.Total;
import dev.tactus.reports.BadReport;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportSumsTest {
    private static final ReportSums READ = sums(2, 1, 5, 12, total("EUR", 2, "1.50"), total("USD", 1, "3"));

    private static ReportSums sums(long rows, long rejects, long lines, long quantity, Total... totals) {
        return new ReportSums(
                rows,
                rejects,
                BigInteger.valueOf(lines),
                BigInteger.valueOf(quantity),
                List.of(totals),
                List.of(total("withholding EUR", 1, "-2")));
    }

    private static Total total(String currency, long rows, String amount) {
        return new Total(currency, rows, new BigDecimal(amount));
    }

    @Test
    void theSameSumsAreTakenWhateverTheirZeros() {
        ReportSums written = sums(2, 1, 5, 12, total("EUR", 2, "1.500000000000000000"), total("USD", 1, "3.0"));
        assertThatCode(() -> READ.requireSame("a.csv", written)).doesNotThrowAnyException();
    }

    static Stream<ReportSums> others() {
        Total euros = total("EUR", 2, "1.50");
        Total dollars = total("USD", 1, "3");
        return Stream.of(
                sums(3, 1, 5, 12, euros, dollars),
                sums(2, 0, 5, 12, euros, dollars),
                sums(2, 1, 6, 12, euros, dollars),
                sums(2, 1, 5, 11, euros, dollars),
                sums(2, 1, 5, 12, euros),
                sums(2, 1, 5, 12, euros, total("GBP", 1, "3")),
                sums(2, 1, 5, 12, total("EUR", 1, "1.50"), dollars),
                sums(2, 1, 5, 12, euros, total("USD", 1, "3.000000000000000001")),
                new ReportSums(2, 1, BigInteger.valueOf(5), BigInteger.valueOf(12), List.of(euros, dollars), List.of()),
                new ReportSums(
                        2,
                        1,
                        BigInteger.valueOf(5),
                        BigInteger.valueOf(12),
                        List.of(euros, dollars),
                        List.of(total("withholding EUR", 1, "-3"))));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anyDifferenceIsRefused(ReportSums written) {
        assertThatThrownBy(() -> READ.requireSame("a.csv", written))
                .isInstanceOf(BadReport.class)
                .hasMessageStartingWith("a.csv: the written rows differ from those read: ");
    }
}
