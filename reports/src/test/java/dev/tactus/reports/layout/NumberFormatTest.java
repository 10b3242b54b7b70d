package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.layout.NumberFormat.NotANumber;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormatTest {
    private static final NumberFormat POINT = new NumberFormat('.', Optional.empty());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|1",
                "-1|-1",
                "+1|1",
                "1-|-1",
                "(1.5)|-1.5",
                ".021330|0.021330",
                "5.|5",
                "1.2e-05|0.000012",
                "2E+3|2000",
                "$ 1.50|1.5",
                "-$1.50|-1.5",
                "1.50 €|1.5",
                "1 234.5|1234.5",
                "1'234|1234",
                "1,234.5|1234.5",
                "1,234,567|1234567",
                "123,456.5|123456.5",
                "12,345,678.9|12345678.9",
                "0.000000000000000000000000000000001|1E-33",
            })
    void readsWhatReportsWrite(String written, String meant) throws NotANumber {
        assertThat(POINT.parse(written)).isEqualByComparingTo(meant);
    }

    @Test
    void takesALoneGroupOnlyByTheLayoutsWord() throws NotANumber {
        assertThatThrownBy(() -> POINT.parse("1,234")).hasMessageContaining("'1,234' is ambiguous (1.234 or 1234)");
        assertThat(new NumberFormat('.', Optional.of(',')).parse("1,234")).isEqualByComparingTo("1234");
        assertThat(new NumberFormat(',', Optional.empty()).parse("1,234")).isEqualByComparingTo("1.234");
        assertThat(new NumberFormat(',', Optional.of('.')).parse("1.234,5")).isEqualByComparingTo("1234.5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1x",
                "0x10",
                "1_000",
                "1.2.3",
                "12,34.5",
                "--1",
                ",234.5",
                "1234,567.5",
                "1,2x4.5",
                "1,23/.5",
                "1,:34.5",
                "x,234.5",
                "1,234,56.5",
                ")",
                "NaN",
                "1e999999",
                "()",
                "-(1.5)",
                "(-1.5)",
                "١"
            })
    void takesNothingElse(String written) {
        assertThatThrownBy(() -> POINT.parse(written)).isInstanceOf(NotANumber.class);
    }

    @Test
    void takesEightyCharactersAndNoMore() throws NotANumber {
        String longest = "1".repeat(80);
        assertThat(POINT.parse(longest)).isEqualByComparingTo(longest);
        assertThatThrownBy(() -> POINT.parse(longest + "1")).isInstanceOf(NotANumber.class);
    }
}
