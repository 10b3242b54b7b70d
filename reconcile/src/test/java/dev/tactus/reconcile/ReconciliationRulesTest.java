package dev.tactus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationRulesTest {
    @Test
    void needNothingWritten() {
        assertThat(rules("{}")).isEqualTo(ReconciliationRules.defaults());
    }

    @Test
    void areReadAsWritten() {
        ReconciliationRules rules =
                rules("{tolerance: {relative: 2.5%, absolute: 10}, variance: provisional, api_only: excluded,"
                        + " provisional: 10%, uncovered: 0}");
        assertThat(rules)
                .isEqualTo(new ReconciliationRules(
                        new BigDecimal("0.025"),
                        10,
                        Finality.PROVISIONAL,
                        false,
                        new BigDecimal("0.10"),
                        BigDecimal.ZERO));
        assertThat(rules.written())
                .containsEntry("tolerance.relative", "0.025")
                .containsEntry("api_only", "excluded")
                .containsEntry("provisional", "0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{tolerence: 1}",
                "{tolerance: {relative: 200%}}",
                "{tolerance: {absolute: -1}}",
                "{variance: maybe}",
                "{api_only: true}"
            })
    void refuseWhatTheyDoNotKnow(String yaml) {
        assertThatThrownBy(() -> rules(yaml))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("tactus.yaml:1");
    }

    @Test
    void knowAServiceByAnySpelling() {
        ServiceSources services =
                new ServiceSources(Map.of("spotify", List.of("spotify", "Spotify"), "am", List.of("Apple Music")));
        assertThat(services.source("SPOTIFY ")).contains("spotify");
        assertThat(services.source("apple-music")).contains("am");
        assertThat(services.source("Bandcamp")).isEmpty();
    }

    @Test
    void refuseAServiceThatTwoSourcesClaim() {
        assertThatThrownBy(() -> new ServiceSources(Map.of("one", List.of("Spotify"), "two", List.of("spotify"))))
                .hasMessageContaining("both claim");
    }

    private static ReconciliationRules rules(String yaml) {
        return ReconciliationRules.read(Section.parse("tactus.yaml", yaml, name -> null));
    }
}
