package dev.tactus.music.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.InvalidTerritory;
import dev.tactus.music.identifiers.InvalidUpc;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.music.identifiers.Territory;
import dev.tactus.music.identifiers.Upc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingPropertyTest {
    private static final int TIMES = 500;
    private static final String[] PIECES = {
        "Song",
        "song",
        "Beyoncé",
        "The",
        "and",
        "&",
        "+",
        "feat.",
        "ft.",
        "with",
        "x",
        "Live",
        "Remastered 2011",
        "2011 Remaster",
        "(",
        ")",
        "[",
        "]",
        " - ",
        ", ",
        "; ",
        " ",
        "'",
        "’",
        "きらり",
        "Kirari",
        "キラリ",
        "Σίσυφος",
        "!!!",
        "ﬁ",
        "Ⅷ",
        "İ",
        "ß",
        "Ø",
        "7",
        "a\u0301",
        "\u200B",
        "\u00A0",
        "é"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void foldingTwiceIsFoldingOnce(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TIMES; i++) {
            String text = i % 2 == 0 ? pieces(random) : anything(random);
            String folded = TextNormalization.fold(text);
            assertThat(TextNormalization.fold(folded)).as(() -> escaped(text)).isEqualTo(folded);
            List<String> words = TextNormalization.words(text);
            assertThat(TextNormalization.words(String.join(" ", words)))
                    .as(() -> escaped(text))
                    .isEqualTo(words);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void comparingTitlesKnowsNoDirection(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TIMES; i++) {
            Title a = new Title(pieces(random));
            Title b = new Title(pieces(random));
            assertThat(a.likeness(b)).as(() -> a + " / " + b).isEqualTo(b.likeness(a));
            assertThat(a.likeness(a)).isEqualTo(Similarity.SAME);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void comparingCreditsKnowsNoDirectionAndNoOrder(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TIMES; i++) {
            List<String> names = names(random);
            List<String> shuffled = new ArrayList<>(names);
            Collections.shuffle(shuffled, random);
            Credit a = new Credit(names, null);
            Credit b = new Credit(names(random), null);
            assertThat(a.likeness(b)).as(() -> a + " / " + b).isEqualTo(b.likeness(a));
            assertThat(a.likeness(new Credit(shuffled, null))).isEqualTo(Similarity.SAME);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11})
    void anIsrcSurvivesHoweverItIsWritten(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TIMES; i++) {
            Isrc isrc = isrc(random);
            String raw = isrc.value();
            String written = (random.nextBoolean() ? "ISRC " : "")
                    + raw.substring(0, 2)
                    + gap(random)
                    + raw.substring(2, 5)
                    + gap(random)
                    + raw.substring(5);
            assertThat(Isrc.parse(random.nextBoolean() ? written.toLowerCase(Locale.ROOT) : written))
                    .isEqualTo(isrc);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {12, 13})
    void oneWrongDigitNeverPassesAsAUpc(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TIMES; i++) {
            String good = gtin(random);
            assertThat(Upc.parse(good).value()).isEqualTo("0".repeat(14 - good.length()) + good);
            int at = random.nextInt(good.length());
            char other = (char) ('0' + (good.charAt(at) - '0' + 1 + random.nextInt(9)) % 10);
            String bad = good.substring(0, at) + other + good.substring(at + 1);
            assertThat(catching(() -> Upc.parse(bad))).as(bad).isInstanceOf(InvalidUpc.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {14, 15})
    void junkIsRefusedAsWhatItIs(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TIMES; i++) {
            String junk = anything(random);
            assertThat(catching(() -> Isrc.parse(junk))).isInstanceOf(InvalidIsrc.class);
            assertThat(catching(() -> Upc.parse(junk))).isInstanceOf(InvalidUpc.class);
            assertThat(catching(() -> Territory.parse(junk + "?"))).isInstanceOf(InvalidTerritory.class);
        }
    }

    private static Throwable catching(Runnable work) {
        try {
            work.run();
            return new AssertionError("nothing was thrown");
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static String pieces(RandomGenerator random) {
        StringBuilder text = new StringBuilder("T");
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            text.append(random.nextBoolean() ? " " : "").append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static List<String> names(RandomGenerator random) {
        List<String> names = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            names.add(pieces(random));
        }
        return names;
    }

    private static String anything(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x3000 : 0x20000));
        }
        return text.toString();
    }

    private static String gap(RandomGenerator random) {
        return new String[] {"", "-", " ", "\u2011"}[random.nextInt(4)];
    }

    private static Isrc isrc(RandomGenerator random) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            boolean letter = i < 2 || (i < 5 && random.nextBoolean());
            value.append((char) (letter ? 'A' + random.nextInt(26) : '0' + random.nextInt(10)));
        }
        return new Isrc(value.toString());
    }

    private static String gtin(RandomGenerator random) {
        StringBuilder digits = new StringBuilder().append(1 + random.nextInt(9));
        int length = new int[] {8, 12, 13, 14}[random.nextInt(4)];
        while (digits.length() < length - 1) {
            digits.append(random.nextInt(10));
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return digits.append((10 - sum % 10) % 10).toString();
    }

    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> shown.append(String.format("\\u{%X}", c)));
        return shown.toString();
    }
}
