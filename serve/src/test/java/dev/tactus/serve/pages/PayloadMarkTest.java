package dev.tactus.serve.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadMarkTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\":{\"b/c\":[1,2]}}|/a/b~1c/1|2",
                "{\"a\":null}|/a|null",
                "[\"x\"]|/0|\"x\"",
            })
    void marksWhatThePointerLeadsTo(String body, String pointer, String marked) {
        assertThat(PayloadMark.parts(body, pointer).stream()
                        .filter(part -> Boolean.TRUE.equals(part.get("marked")))
                        .map(part -> part.get("text")))
                .containsExactly(marked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"{\"a\":1}|/b", "{\"a\":1}|", "no json|/a", "{\"a\":1}|a", "[1]|/x"})
    void showsAllOfItWhereThePointerLeadsNowhere(String body, String pointer) {
        assertThat(PayloadMark.parts(body, pointer == null ? "" : pointer)).hasSize(1);
    }
}
