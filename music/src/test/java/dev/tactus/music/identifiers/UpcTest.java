package dev.tactus.music.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpcTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00602445790784",
                "0602445790784",
                "602445790784",
                "empty:602445790784",
                "EMPTY: 0602445790784",
                "6-02445-79078-4"
            })
    void isTheSameWhateverZerosWereLost(String raw) {
        assertThat(Upc.parse(raw)).isEqualTo(new Upc("00602445790784"));
    }

    @Test
    void takesFourteenDigits() {
        assertThat(Upc.parse("10602445790781").value()).isEqualTo("10602445790781");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Upc.parse("000")).hasMessageContaining("only zeros");
        assertThatThrownBy(() -> Upc.parse("123456789012345")).hasMessageContaining("15 digits");
        assertThatThrownBy(() -> Upc.parse("123")).hasMessageContaining("3 digits, 8 to 14 are allowed");
        assertThatThrownBy(() -> Upc.parse("60244579078X")).hasMessageContaining("only digits");
    }

    @Test
    void refusesAWrongCheckDigit() {
        assertThatThrownBy(() -> Upc.parse("602445790785"))
                .isInstanceOf(InvalidUpc.class)
                .hasMessageContaining("check digit")
                .hasMessageContaining("expected 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.02446E+11", "6,02446E+11", "6.02446e11", "6E+11"})
    void refusesScientificNotationAsDamageThatCannotBeUndone(String raw) {
        assertThatThrownBy(() -> Upc.parse(raw))
                .isInstanceOf(InvalidUpc.class)
                .hasMessageContaining("scientific notation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "empty:",
                "0000000000000",
                "123456789012345",
                "123",
                "00000000000123",
                "1234565",
                "60244579078X",
                "٦٠٢٤٤٥٧٩٠٧٨٤"
            })
    void refusesWhatIsNoUpc(String raw) {
        assertThatThrownBy(() -> Upc.parse(raw)).isInstanceOf(InvalidUpc.class);
    }

    @Test
    void holdsOnlyAGtin14() {
        assertThat(new Upc("00602445790784")).hasToString("00602445790784");
        assertThatThrownBy(() -> new Upc("602445790784")).isInstanceOf(InvalidUpc.class);
    }
}
