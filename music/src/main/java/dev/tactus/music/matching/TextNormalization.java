package dev.tactus.music.matching;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Takes from a text what says nothing about what it means: case, accents, width, spaces.
///
/// Folding is idempotent. Accents go only where they are the marks of the Latin, Greek and Cyrillic scripts: in
/// others, e.g. kana and Devanagari, such marks make another letter.
final class TextNormalization {
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F]");
    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s\\p{Cc}]+");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
    private static final Pattern AND = Pattern.compile("[&+＆﹠]");
    private static final Pattern APOSTROPHE = Pattern.compile("(?<=\\p{L})['’‘ʼ`´](?=\\p{L})");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    /// Letters that Unicode doesn't take apart, as people type them without.
    private static final Map<Integer, String> PLAIN = Map.ofEntries(
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'ı', "i"),
            Map.entry((int) 'ħ', "h"),
            Map.entry((int) 'ŧ', "t"));

    private TextNormalization() {}

    /// The text in NFKC, lower case, without accents, with single spaces.
    static String fold(String text) {
        String folded = once(text);
        // A character may fold to one that folds further; a second time settles that.
        return once(folded);
    }

    /// The text with "and" for `&` and `+`.
    static String spellAnd(String text) {
        return AND.matcher(text).replaceAll(" and ");
    }

    /// The words of a text: runs of letters and digits of the folded text; `&` and `+` are the word "and".
    static List<String> words(String text) {
        String folded = fold(spellAnd(text));
        String joined = APOSTROPHE.matcher(folded).replaceAll("");
        return NOT_WORD.splitAsStream(joined).filter(word -> !word.isEmpty()).toList();
    }

    private static String once(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        // Upper case first: some letters, such as final sigma, only meet there.
        String lower =
                composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
        String apart = Normalizer.normalize(lower, Normalizer.Form.NFKD);
        String bare = plain(ACCENTS.matcher(apart).replaceAll(""));
        String whole = Normalizer.normalize(bare, Normalizer.Form.NFKC);
        return SPACES.matcher(INVISIBLE.matcher(whole).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            String letter = PLAIN.get(c);
            if (letter == null) {
                plain.appendCodePoint(c);
            } else {
                plain.append(letter);
            }
        });
        return plain.toString();
    }
}
