package dev.tactus.ledger.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.identifiers.Isrc;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IsrcNumberPropertyTest {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";

    @Test
    void isTheSameIsrcInTheSameOrder() {
        Random random = new Random(3901);
        List<Isrc> isrcs = Stream.concat(
                        Stream.of(new Isrc("AA0000000000"), new Isrc("ZZZZZ9999999")),
                        Stream.generate(() -> random(random)).limit(20_000))
                .sorted()
                .toList();
        for (int i = 0; i < isrcs.size(); i++) {
            long number = IsrcNumber.of(isrcs.get(i));
            assertThat(IsrcNumber.toIsrc(number)).isEqualTo(isrcs.get(i));
            if (i > 0 && !isrcs.get(i).equals(isrcs.get(i - 1))) {
                assertThat(number).isGreaterThan(IsrcNumber.of(isrcs.get(i - 1)));
            }
        }
        assertThat(IsrcNumber.of(isrcs.getFirst())).isZero();
    }

    private static Isrc random(Random random) {
        return new Isrc(pick(random, LETTERS, 2) + pick(random, DIGITS + LETTERS, 3) + pick(random, DIGITS, 7));
    }

    private static String pick(Random random, String from, int count) {
        StringBuilder picked = new StringBuilder();
        for (int i = 0; i < count; i++) {
            picked.append(from.charAt(random.nextInt(from.length())));
        }
        return picked.toString();
    }
}
