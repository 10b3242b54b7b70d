package dev.tactus.reports.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reports.ReportField;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportStatisticsTest {
    private final ImportStatistics statistics = new ImportStatistics(java.time.LocalDate.of(2026, 11, 22));

    @Test
    void countsWhatBecomesOfRows() {
        statistics.skip();
        statistics.skip();
        statistics.reject(ReportField.ISRC, "bad");
        statistics.land(3, 4);
        assertThat(statistics.counts()).isEqualTo(new ReportCounts(4, 1, 1, 2));
        assertThat(statistics.landed()).isEqualTo(1);
        assertThat(statistics.rejected()).isEqualTo(1);
    }

    @Test
    void sumsThatNoLongHoldsAreExact() {
        BigInteger lines = BigInteger.ZERO;
        BigInteger quantity = BigInteger.ZERO;
        long[] sold = {
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE + 1,
            5,
            -7,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE + 1L,
            -(1L << 31) - 1,
            Long.MAX_VALUE >> 1,
            1
        };
        for (int again = 0; again < 3; again++) {
            for (long one : sold) {
                statistics.land(Long.MAX_VALUE >> 1, one);
                lines = lines.add(BigInteger.valueOf(Long.MAX_VALUE >> 1));
                quantity = quantity.add(BigInteger.valueOf(one));
                assertThat(statistics.lineSum()).isEqualTo(lines);
                assertThat(statistics.quantity()).isEqualTo(quantity);
            }
        }
    }

    @Test
    void tellsOnlyTheFirstFiftyReasonsTheMostFrequentFirst() {
        for (int kind = 0; kind < 60; kind++) {
            statistics.reject(ReportField.UPC, "'x" + kind + "' is wrong in way " + kind);
        }
        statistics.reject(ReportField.UPC, "'another' is wrong in way 49");
        statistics.reject(ReportField.UPC, "'another' is wrong in way 59");
        assertThat(statistics.reasons()).hasSize(50);
        assertThat(statistics.reasons().getFirst()).isEqualTo(Map.entry("upc: 'x49' is wrong in way 49", 2L));
        assertThat(statistics.rejected()).isEqualTo(62);
    }

    @Test
    void knowsTheFirstAndTheLastDayAndTheServices() {
        assertThat(statistics.first()).isEmpty();
        statistics.covers(Optional.of("Spotify"), LocalDate.of(2026, 10, 2), LocalDate.of(2026, 10, 3));
        statistics.covers(Optional.empty(), LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 1));
        statistics.covers(Optional.of("Deezer"), LocalDate.of(2026, 10, 4), LocalDate.of(2026, 10, 9));
        statistics.covers(Optional.empty(), LocalDate.of(2026, 10, 5), LocalDate.of(2026, 10, 6));
        assertThat(statistics.first()).contains(LocalDate.of(2026, 10, 1));
        assertThat(statistics.last()).contains(LocalDate.of(2026, 10, 9));
        assertThat(statistics.services()).containsExactly("Deezer", "Spotify");
    }

    @Test
    void totalsAreOfCurrenciesThatHaveAmounts() {
        statistics
                .sum("EUR")
                .add(
                        java.math.BigDecimal.ONE,
                        dev.tactus.lake.sales.SaleAmount.of(java.math.BigDecimal.ONE, new byte[0]));
        statistics.sum("USD");
        assertThat(statistics.totals())
                .singleElement()
                .satisfies(total -> assertThat(total.currency()).isEqualTo("EUR"));
        assertThat(statistics.amount()).isEqualByComparingTo("1");
        statistics.note("odd");
        statistics.note("odd");
        assertThat(statistics.notes()).isEqualTo(Map.of("odd", 2L));
    }
}
