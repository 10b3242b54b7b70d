package dev.tactus.ledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextListPropertyTest {
    private static final String HARD = "\\\n0na\r\0é語";

    @Test
    void losesNothing() {
        Random random = new Random(20_261_122);
        for (int round = 0; round < 5_000; round++) {
            List<@Nullable String> texts = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                texts.add(random.nextInt(6) == 0 ? null : text(random));
            }
            assertThat(TextList.decode(TextList.encode(texts))).isEqualTo(texts);
        }
    }

    @Test
    void tellsNothingFromOneEmptyText() {
        assertThat(TextList.decode(TextList.encode(List.of()))).isEmpty();
        assertThat(TextList.decode(TextList.encode(List.of("")))).containsExactly("");
        assertThat(TextList.decode(TextList.encode(Arrays.asList("", null)))).containsExactly("", null);
    }

    @Test
    void noticesAListCutShort() {
        assertThatThrownBy(() -> TextList.decode("DE\nU")).hasMessageContaining("cut short");
        assertThatThrownBy(() -> TextList.decodePresent("\\0\n")).hasMessageContaining("absent");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(HARD.charAt(random.nextInt(HARD.length())));
        }
        return text.toString();
    }
}
