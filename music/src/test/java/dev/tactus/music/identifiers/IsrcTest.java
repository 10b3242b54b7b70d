package dev.tactus.music.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsrcTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "USUM72409273",
                "usum72409273",
                "US-UM7-24-09273",
                " US UM7 24 09273 ",
                "ISRC USUM72409273",
                "ISRC: US-UM7-24-09273",
                "isrcusum72409273",
                "US‐UM7–24—09273",
                "\uFEFFUSUM72409273\u200B",
                "US\u00A0UM7\u00A024\u00A009273"
            })
    void readsWhatPeopleWrite(String raw) {
        assertThat(Isrc.parse(raw)).isEqualTo(new Isrc("USUM72409273"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ISRC",
                "USUM7240927",
                "USUM724092731",
                "U1UM72409273",
                "USUM7240927X",
                "ÜSUM72409273",
                "ΑΒUM72409273"
            })
    void refusesWhatIsNoIsrc(String raw) {
        assertThatThrownBy(() -> Isrc.parse(raw)).isInstanceOf(InvalidIsrc.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8, 9, 10, 11})
    void refusesALetterAmongTheSevenDigits(int place) {
        String letter = with(place, 'A');
        assertThatThrownBy(() -> new Isrc(letter)).isInstanceOf(InvalidIsrc.class);
        assertThatThrownBy(() -> Isrc.parse(letter)).isInstanceOf(InvalidIsrc.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void refusesADigitAmongTheFirstTwoLetters(int place) {
        assertThatThrownBy(() -> new Isrc(with(place, '7'))).isInstanceOf(InvalidIsrc.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void takesLettersAndDigitsInTheRegistrantsCode(int place) {
        assertThat(new Isrc(with(place, 'A')).value()).hasSize(12);
        assertThat(new Isrc(with(place, '0')).value()).hasSize(12);
    }

    private static String with(int place, char written) {
        StringBuilder isrc = new StringBuilder("USUM72409273");
        isrc.setCharAt(place, written);
        return isrc.toString();
    }

    @Test
    void neverCutsALongOne() {
        assertThatThrownBy(() -> Isrc.parse("USUM724092730"))
                .hasMessage("'USUM724092730' has 13 characters; an ISRC has 12");
    }

    @Test
    void saysWhatIsWrongWithoutRepeatingJunk() {
        assertThatThrownBy(() -> Isrc.parse("\u0000\n" + "x".repeat(500)))
                .message()
                .hasSizeLessThan(150)
                .doesNotContain("\u0000", "\n");
    }

    @Test
    void holdsOnlyTheNormalisedForm() {
        assertThatThrownBy(() -> new Isrc("USUM7240927")).isInstanceOf(InvalidIsrc.class);
        assertThat(new Isrc("USUM72409273")).hasToString("USUM72409273");
        assertThatThrownBy(() -> new Isrc("usum72409273")).isInstanceOf(InvalidIsrc.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "QM", "QT", "QZ", "GB", "GX", "UK", "TC", "CP", "DG", "QN", "ZZ"})
    void listsThePrefixesThatAreNoCountriesToo(String prefix) {
        assertThat(new Isrc(prefix + "UM72409273").hasListedPrefix()).isTrue();
    }

    @Test
    void acceptsAnUnlistedPrefixAndSaysSo() {
        assertThat(Isrc.parse("XQUM72409273").hasListedPrefix()).isFalse();
    }

    @Test
    void sortsByValue() {
        assertThat(new Isrc("GBAYE0000351")).isLessThan(new Isrc("USUM72409273"));
    }
}
