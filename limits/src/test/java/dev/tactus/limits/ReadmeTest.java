package dev.tactus.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the room's README shows is what compiles and runs here.
final class ReadmeTest {

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void itsExamplesAreOurs(String which) throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/tactus/limits/ReadmeExamples.java"));
        int begin = source.indexOf("        // " + which + "\n");
        int end = source.indexOf("        // end\n", begin);
        String example = source.substring(source.indexOf('\n', begin) + 1, end)
                .stripTrailing()
                .stripIndent();
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "\n```");
    }

    @Test
    void theyRun() throws InterruptedException {
        ReadmeExamples examples = new ReadmeExamples();
        assertThat(examples.client()).isNotNull();
        assertThat(examples.server("radio")).isEqualTo(200);
    }
}
