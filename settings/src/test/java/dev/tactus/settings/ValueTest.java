package dev.tactus.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
    private static Value value(String yaml) {
        return Section.parse("a.yaml", "v: " + yaml + "\n", _ -> null).require("v");
    }

    @Test
    void knowsItsForm() {
        assertThat(value("{a: 1}").isSection()).isTrue();
        assertThat(value("{a: 1}").isList()).isFalse();
        assertThat(value("[a]").isList()).isTrue();
        assertThat(value("[a]").isSection()).isFalse();
        assertThat(value("a").isSection()).isFalse();
        Section section = value("{a: 1}").section();
        assertThat(section.has("a")).isTrue();
        assertThat(section.has("b")).isFalse();
    }

    @Test
    void aWholeNumberIsTakenUpToItsBounds() {
        assertThat(value("2").whole(2, 9)).isEqualTo(2);
        assertThat(value("9").whole(2, 9)).isEqualTo(9);
        assertThat(value("-2").whole(-2L, 9L)).isEqualTo(-2);
        assertThatThrownBy(() -> value("1").whole(2, 9)).hasMessageContaining("from 2 to 9, found \"1\"");
        assertThatThrownBy(() -> value("10").whole(2, 9)).isInstanceOf(InvalidConfiguration.class);
        assertThatThrownBy(() -> value("1234567890123456789").whole(0, Long.MAX_VALUE))
                .as("as many digits as no setting has")
                .isInstanceOf(InvalidConfiguration.class);
    }

    @Test
    void aFlagIsTrueOrFalseAndNothingElse() {
        assertThat(value("true").flag()).isTrue();
        assertThat(value("false").flag()).isFalse();
        assertThatThrownBy(() -> value("yes").flag()).hasMessageContaining("expected true or false, found \"yes\"");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "60s, PT1M", "15 m, PT15M", "6h, PT6H", "14d, PT336H"})
    void aDurationHasItsUnit(String written, String meant) {
        assertThat(value(written).duration()).hasToString(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "1.5s", "-1s", "1w", "1234567890s"})
    void noOtherDurationIsTaken(String written) {
        assertThatThrownBy(() -> value(written).duration()).hasMessageContaining("expected a duration such as");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0%, 0", "1, 1", "100%, 1", "0.1 %, 0.001", "0.25, 0.25"})
    void aShareIsTakenFromNothingToAll(String written, String meant) {
        assertThat(value(written).share()).isEqualByComparingTo(meant);
    }

    @Test
    void noOtherShareIsTaken() {
        assertThatThrownBy(() -> value("1.01").share()).hasMessageContaining("from 0% to 100%");
        assertThatThrownBy(() -> value("101%").share()).hasMessageContaining("from 0% to 100%");
        assertThatThrownBy(() -> value("-1%").share()).hasMessageContaining("from 0% to 100%");
        assertThatThrownBy(() -> value("much").share()).hasMessageContaining("such as 5% or 0.05, found \"much\"");
    }

    @Test
    void messagesShowSixtyCharactersOfAText() {
        assertThatThrownBy(() -> value("x".repeat(60)).flag()).hasMessageContaining("\"" + "x".repeat(60) + "\"");
        assertThatThrownBy(() -> value("x".repeat(61)).flag()).hasMessageContaining("\"" + "x".repeat(60) + "…\"");
    }

    @Test
    void brokenYamlIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Section.parse("a.yaml", "a: 1\nb: 2\n c: ]\n", _ -> null))
                .hasMessageStartingWith("a.yaml:3: this is not valid YAML");
    }
}
