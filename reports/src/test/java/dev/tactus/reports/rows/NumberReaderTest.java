package dev.tactus.reports.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.convention.NumberEvidence;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.sums.CurrencySum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers from bytes are those that NumberFormat reads from texts.
class NumberReaderTest {
    private static final NumberFormat POINT = new NumberFormat('.', Optional.empty());
    private static final NumberReader READER = new NumberReader(POINT, new NumberEvidence());

    private static RowView cell(String text) {
        return RowView.of(List.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "9",
                "-0",
                "-7",
                "12.50",
                ".5",
                "-.5",
                "5.",
                "999999999999999999",
                "-999999999999999999",
                "0.999999999999999999",
                "9999999999999999999",
                "1234567890123456789.5",
                "1e3",
                "+1",
                " 1 ",
                "1 234",
                "0000000000000000000001",
            })
    void readsWhatTheFormatReads(String text) throws NotANumber {
        BigDecimal expected = POINT.parse(text);
        assertThat(READER.decimal(cell(text), 0)).isEqualByComparingTo(expected);

        CurrencySum sum = new CurrencySum("EUR");
        assertThat(READER.money(cell(text), 0, sum).landed()).isEqualByComparingTo(expected);
        assertThat(sum.landed()).isEqualByComparingTo(expected);
        assertThat(sum.rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "-.", "1.2.3", "1,5", "x", "1-2", "1/2", "1:2"})
    void refusesWhatTheFormatRefuses(String text) {
        assertThatThrownBy(() -> READER.decimal(cell(text), 0)).isInstanceOf(NotANumber.class);
        assertThatThrownBy(() -> READER.whole(cell(text), 0)).isInstanceOf(NotANumber.class);
        assertThatThrownBy(() -> READER.money(cell(text), 0, new CurrencySum("EUR")))
                .isInstanceOf(NotANumber.class);
    }

    @Test
    void aWholeNumberMayBeWrittenWithZerosAfterThePoint() throws NotANumber {
        assertThat(READER.whole(cell("12"), 0)).isEqualTo(12);
        assertThat(READER.whole(cell("-12.00"), 0)).isEqualTo(-12);
        assertThat(READER.whole(cell("9223372036854775807"), 0)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> READER.whole(cell("12.5"), 0)).hasMessage("'12.5' is not a whole number");
        assertThatThrownBy(() -> READER.whole(cell("9223372036854775808"), 0))
                .hasMessageEndingWith("is not a whole number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,234", "12,345", "999,999", "1,234,567", "0,123", "1,23", "1234,567", "1,2a4", ",123", "-1,234"
            })
    void aMarkBetweenThousandsIsReadAsTheFormatReadsItAndToldOnce(String text) {
        NumberFormat format = new NumberFormat('.', Optional.of(','));
        NumberEvidence evidence = new NumberEvidence();
        NumberReader reader = new NumberReader(format, evidence);
        for (int i = 0; i < 2; i++) {
            Optional<Long> expected = Optional.empty();
            Optional<Long> found = Optional.empty();
            try {
                expected = Optional.of(format.parse(text).longValueExact());
            } catch (NotANumber | ArithmeticException e) {
                // nor is it one for the reader
            }
            try {
                found = Optional.of(reader.whole(cell(text), 0));
            } catch (NotANumber e) {
                // none
            }
            assertThat(found).as(text).isEqualTo(expected);
        }
        NumberEvidence told = new NumberEvidence();
        told.text(text);
        assertThat(evidence.other(new NumberFormat(',', Optional.empty()), Optional.of('.')))
                .isEqualTo(told.other(new NumberFormat(',', Optional.empty()), Optional.of('.')));
    }

    @Test
    void anAmountBeyondTheLakesColumnIsRefusedAndNotCounted() {
        CurrencySum sum = new CurrencySum("EUR");
        assertThatThrownBy(() -> READER.money(cell("1" + "0".repeat(20)), 0, sum))
                .hasMessageContaining("at most 20 digits");
        assertThat(sum.rows()).isZero();
        assertThat(sum.landed()).isZero();
    }

    @Test
    void readsTheLayoutsDecimalMark() throws NotANumber {
        NumberReader comma = new NumberReader(new NumberFormat(',', Optional.empty()), new NumberEvidence());
        assertThat(comma.decimal(cell("1,5"), 0)).isEqualByComparingTo("1.5");
        assertThat(comma.whole(cell("1,0"), 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sumsAnyAmountsExactly(long seed) throws NotANumber {
        Random random = new Random(seed);
        CurrencySum sum = new CurrencySum("EUR");
        BigDecimal expected = BigDecimal.ZERO;
        for (int i = 0; i < 5_000; i++) {
            String text = new BigDecimal(
                            new java.math.BigInteger(random.nextInt(66), random)
                                    .multiply(java.math.BigInteger.valueOf(random.nextBoolean() ? 1 : -1)),
                            random.nextInt(19))
                    .toPlainString();
            READER.money(cell(text), 0, sum);
            expected = expected.add(new BigDecimal(text));
            assertThat(sum.landed()).as("seed %d, row %d", seed, i).isEqualByComparingTo(expected);
        }
    }
}
