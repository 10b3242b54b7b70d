package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Public types that a room offers are called by the nouns of docs/glossary.md: the last word of each name stands
/// there.
class GlossaryTest {
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z][a-z]*");

    @Test
    void publicTypesAreCalledByNounsOfTheGlossary() throws IOException {
        Set<String> nouns = words("glossary.md", "^\\| ([^|]*) \\|");
        Set<String> offered = packages();
        Set<String> unknown = ProductClasses.ALL.stream()
                .filter(type -> type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        && offered.contains(type.getPackageName()))
                .filter(type -> !nouns.contains(singular(lastWord(type))))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(nouns).contains("permit", "recording");
        assertThat(unknown).isEmpty();
    }

    private static String lastWord(JavaClass type) {
        return WORD.matcher(type.getSimpleName())
                .results()
                .map(MatchResult::group)
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    private static String singular(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.endsWith("ies")) {
            return lower.substring(0, lower.length() - 3) + "y";
        }
        if (lower.endsWith("ches")) {
            return lower.substring(0, lower.length() - 2);
        }
        return lower.endsWith("s") && !lower.endsWith("ss") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Set<String> packages() throws IOException {
        return find("rooms.md", "^\\| `([a-z.]+)` \\|[^|\\n]*\\| yes")
                .map(name -> "dev.tactus." + name)
                .collect(Collectors.toSet());
    }

    private static Set<String> words(String file, String pattern) throws IOException {
        return find(file, pattern)
                .flatMap(terms -> Pattern.compile("[A-Za-z]+").matcher(terms).results())
                .map(word -> singular(word.group()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> find(String file, String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "docs", file)))
                .results()
                .map(found -> found.group(1));
    }
}
