package dev.tactus.music.identifiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Territories by whatever reports call them.
class TerritoryNamesTest {
    @ParameterizedTest
    @CsvSource({
        "DE, DE",
        "de, DE",
        "DEU, DE",
        "Germany, DE",
        "GERMANY, DE",
        "United States, US",
        "USA, US",
        "' FR ', FR",
        "Deutschland, DE",
        "ÖSTERREICH, AT",
        "Allemagne, DE",
        "Estados Unidos, US",
        "Regno Unito, GB",
        "Nederland, NL",
        "Niger, NE",
        "826, GB",
        "Worldwide, WW",
        "International, ZZ"
    })
    void territoriesByCodeNumberOrName(String text, String code) {
        assertThat(TerritoryNames.parse(text, Optional.empty()).code()).isEqualTo(code);
    }

    @Test
    void severalTerritoriesInOneCellAreUnknown() {
        assertThat(TerritoryNames.parse("DE|FR", Optional.of("|")).code()).isEqualTo("ZZ");
        assertThat(TerritoryNames.parse("DE", Optional.of("|")).code()).isEqualTo("DE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe",
                "EU",
                "LATAM",
                "Asia",
                "US|CA",
                "Scotland",
                "EL",
                "Atlantis",
                "ROW",
                "Rest of World",
                "??"
            })
    void aGroupOfTerritoriesOrWhatNobodyKnowsIsUnknown(String text) {
        assertThat(TerritoryNames.parse(text, Optional.empty()).code()).isEqualTo("ZZ");
    }
}
