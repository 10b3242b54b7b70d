package dev.tactus.reports.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.music.identifiers.InvalidTerritory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Services and territories by whatever reports call them.
class NamesTest {
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
        "826, GB"
    })
    void territoriesByCodeNumberOrName(String text, String code) throws InvalidTerritory {
        assertThat(TerritoryNames.parse(text, Optional.empty()).code()).isEqualTo(code);
    }

    @Test
    void severalTerritoriesInOneCellAreUnknown() throws InvalidTerritory {
        assertThat(TerritoryNames.parse("DE|FR", Optional.of("|")).code()).isEqualTo("ZZ");
        assertThat(TerritoryNames.parse("DE", Optional.of("|")).code()).isEqualTo("DE");
        assertThatThrownBy(() -> TerritoryNames.parse("Atlantis", Optional.empty()))
                .isInstanceOf(InvalidTerritory.class);
    }

    @Test
    void aServiceIsCalledByOneNameAnUnknownOneByItsOwn() {
        assertThat(ServiceNames.named("  SPOTIFY ")).isEqualTo("Spotify");
        assertThat(ServiceNames.named("Some\u00a0 Shop")).isEqualTo("Some Shop");
    }
}
