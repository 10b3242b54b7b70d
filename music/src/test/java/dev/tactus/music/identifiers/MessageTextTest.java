package dev.tactus.music.identifiers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {
    @Test
    void countsWithTheNounThatFits() {
        assertThat(MessageText.counted(0, "row", "rows")).isEqualTo("0 rows");
        assertThat(MessageText.counted(1, "row", "rows")).isEqualTo("1 row");
        assertThat(MessageText.counted(2, "row", "rows")).isEqualTo("2 rows");
        assertThat(MessageText.counted(1_234_567, "row", "rows")).isEqualTo("1,234,567 rows");
    }

    @Test
    void showsForeignTextOnOneLine() {
        assertThat(MessageText.brief("a\nb\u0007")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(MessageText.brief("x".repeat(40))).hasSize(40).doesNotEndWith("…");
        assertThat(MessageText.brief("x".repeat(41))).isEqualTo("x".repeat(40) + "…");
    }
}
