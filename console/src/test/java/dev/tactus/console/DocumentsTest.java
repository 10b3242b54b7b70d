package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds that what the documents point to is there: a document that names what no longer exists misleads.
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final int LONGEST_LINE = 200;
    private static final Pattern LINK =
            Pattern.compile("(?:\\]\\(|^\\[[^\\]]+\\]: )([^)#\\s]+)(?:#[^)\\s]*)?", Pattern.MULTILINE);
    private static final Pattern JAVA_EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROSE = Pattern.compile("(?:\\d+\\.|[-*]|>)? *[\\p{L}\\p{N}\\p{P}\\p{S}].*");
    private static final Pattern STARTS_A_BLOCK =
            Pattern.compile(" *(?:\\d+\\. |[-*] |[|#>!<]|```|\\[[^\\]]+\\]: ).*|");
    private static final Pattern ENDS_A_SENTENCE = Pattern.compile(".*[.!?:][)*\"`_\\]]*");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            for (String target : targets(document)) {
                links++;
                if (!Files.exists(document.resolveSibling(target))) {
                    broken.add(ROOT.relativize(document) + " points to " + target);
                }
            }
        }
        assertThat(links).isGreaterThan(10);
        assertThat(broken).isEmpty();
    }

    @Test
    void linesAreShortAndEndWithTheirSentence() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path document : documents()) {
            List<String> lines = Files.readAllLines(document);
            boolean code = false;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                String place = ROOT.relativize(document) + ":" + (i + 1);
                code ^= line.strip().startsWith("```");
                if (line.codePointCount(0, line.length()) > LONGEST_LINE) {
                    wrong.add(place + " is over " + LONGEST_LINE + " characters");
                }
                String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
                if (!code && isProse(line) && !STARTS_A_BLOCK.matcher(next).matches() && !endsASentence(line)) {
                    wrong.add(place + " breaks off in the middle of a sentence");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /// What an adapter's README shows is what its tests run.
    @Test
    void theExamplesOfTheAdaptersAreThoseOfTheirTests() throws IOException {
        List<String> strange = new ArrayList<>();
        int examples = 0;
        for (Path readme : adapters()) {
            String tests = squeezed(sources(readme.resolveSibling("src").resolve("test")));
            for (MatchResult example :
                    JAVA_EXAMPLE.matcher(Files.readString(readme)).results().toList()) {
                examples++;
                if (!tests.contains(squeezed(example.group(1)))) {
                    strange.add(ROOT.relativize(readme) + " shows what no test of it runs: " + example.group(1));
                }
            }
        }
        assertThat(examples).isGreaterThanOrEqualTo(5);
        assertThat(strange).isEmpty();
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static boolean isProse(String line) {
        return !line.startsWith("|")
                && !line.startsWith("#")
                && PROSE.matcher(line.strip()).matches();
    }

    private static boolean endsASentence(String line) {
        return ENDS_A_SENTENCE.matcher(line.strip()).matches();
    }

    private static List<String> targets(Path document) throws IOException {
        return LINK.matcher(Files.readString(document))
                .results()
                .map(found -> found.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    private static List<Path> adapters() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("adapters"))) {
            return folders.map(folder -> folder.resolve("README.md"))
                    .filter(Files::exists)
                    .toList();
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.of(
                            top,
                            docs,
                            adapters().stream(),
                            Stream.of(ROOT.resolve("limits").resolve("README.md")))
                    .flatMap(Function.identity())
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
