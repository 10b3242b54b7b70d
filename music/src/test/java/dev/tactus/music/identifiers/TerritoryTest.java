package dev.tactus.music.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerritoryTest {
    @ParameterizedTest
    @CsvSource({
        "US,COUNTRY",
        "de,COUNTRY",
        "XK,COUNTRY",
        "AN,FORMER",
        "CS,FORMER",
        "ES-CE,SUBDIVISION",
        "WW,WORLDWIDE",
        "ZZ,UNKNOWN"
    })
    void knowsWhatACodeStandsFor(String raw, Territory.Kind kind) {
        assertThat(Territory.parse(raw).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WW", "xw", "Worldwide", "WORLD", "2136"})
    void readsEveryNameForTheWorld(String raw) {
        assertThat(Territory.parse(raw)).isEqualTo(Territory.WORLDWIDE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XX", "USA", "U", "XX-YY", "US-", "840", "Ελ"})
    void refusesWhatIsNoTerritory(String raw) {
        assertThatThrownBy(() -> Territory.parse(raw)).isInstanceOf(InvalidTerritory.class);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Territory.parse(" ")).hasMessage("no territory is given");
        assertThatThrownBy(() -> Territory.parse("usa"))
                .hasMessageStartingWith("'USA' is not a territory")
                .hasMessageContaining("ISO 3166-1");
        assertThatThrownBy(() -> Territory.parse("840")).hasMessageContaining("CISAC");
        assertThat(Territory.parse("de")).hasToString("DE");
    }

    @Test
    void saysThatOfCisacsNumbersOnlyTheWorldIsKnown() {
        assertThatThrownBy(() -> Territory.parse("2100")).hasMessageContaining("2136");
    }
}
