package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// What a new user types wrong: each line of wrong-inputs.txt gets one message without a type or a stack trace of
/// Java's, and changes nothing.
class WrongInputTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void configure() throws IOException {
        ConfiguredFolder.in(folder, URI.create("http://127.0.0.1:9"), ConfiguredFolder.CATALOG);
        Files.writeString(folder.resolve("broken.yaml"), "version: [1\n");
        Files.writeString(folder.resolve("future.yaml"), "version: 7\n");
        Files.writeString(folder.resolve("empty.yaml"), "");
        Files.writeString(folder.resolve("junk.bin"), "\0\1\2\3");
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.createDirectories(folder.resolve("empty"));
        CommandResult imported = CommandResult.of(
                "reports",
                "import",
                Files.writeString(folder.resolve("report.tsv"), """
                    Spotify report
                    month\t2026-10
                    Country\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name\tArtist name\tComposer name\tAlbum name\tQuantity\tUSD Payable
                    DE\tL\tPremium\t\t\t\tGBNTT0565368\tOne\tA\t\t\t12\t0.04
                    """).toString(),
                "--config",
                folder.resolve("tactus.yaml").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/wrong-inputs.txt", delimiter = '|', quoteCharacter = '\0')
    void getsOneClearMessage(String words, int exit, String says) {
        CommandResult result = run(words);

        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
        assertThat(result.out() + result.err()).contains(says.replace("DIR", folder.toString()));
        assertThat(result.err().lines().filter(line -> line.startsWith("tactus: ")))
                .as("one message; a refused report's stands in the result")
                .hasSize(result.out().startsWith("refused ") ? 0 : 1);
        assertThat(result.out() + result.err())
                .doesNotContain("\tat ", "Exception", "java.", "dev.tactus.", "unexpected", "null", "class ");
    }

    @Test
    void areAHundred() throws IOException {
        try (InputStream lines = getClass().getResourceAsStream("/wrong-inputs.txt")) {
            assertThat(new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSizeGreaterThanOrEqualTo(100);
        }
    }

    /// `CFG` stands for the configuration, `DIR` for its folder, `~` for a blank within an argument.
    private static CommandResult run(String words) {
        String expanded = words.replace("CFG", "--config " + folder.resolve("tactus.yaml"))
                .replace("DIR", folder.toString());
        return CommandResult.of(Arrays.stream(expanded.split(" "))
                .map(word -> word.equals("''") ? "" : word.replace('~', ' '))
                .toArray(String[]::new));
    }
}
