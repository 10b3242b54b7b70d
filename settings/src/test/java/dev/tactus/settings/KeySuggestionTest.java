package dev.tactus.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "lake, lake, 0",
        "lake, LAKE, 0",
        "settle-days, settle_days, 0",
        "lake, lak, 1",
        "lake, laake, 1",
        "lake, late, 1",
        "lake, alke, 1",
        "lake, laek, 1",
        "ab, ba, 1",
        "abcd, badc, 2",
        "ab, bxa, 3",
        "abc, cab, 2",
        "lake, '', 4",
        "'', lake, 4",
        "kitten, sitting, 3",
    })
    void countsEditsAndTakesNeighboursThatChangedPlacesForOne(String written, String word, int edits) {
        assertThat(KeySuggestion.distance(written, word)).isEqualTo(edits);
    }

    @Test
    void suggestsTheNearestWordWhereAThirdOfTheLettersAtMostIsWrong() {
        List<String> known = List.of("concurrency", "catalog", "lake");
        assertThat(KeySuggestion.nearest("lkae", known)).contains("lake");
        assertThat(KeySuggestion.nearest("katalok", known)).contains("catalog");
        assertThat(KeySuggestion.nearest("katalox", List.of("catalog", "katalog")))
                .contains("katalog");
        assertThat(KeySuggestion.nearest("katilok", known)).as("three of seven").isEmpty();
        assertThat(KeySuggestion.nearest("lk", known)).as("one of two at most").isEmpty();
        assertThat(KeySuggestion.nearest("lak", List.of())).isEmpty();
    }
}
