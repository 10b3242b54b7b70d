package dev.tactus.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.limits.pacing.CallPause;
import dev.tactus.limits.pacing.Pacer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the room's README shows is what compiles and runs here.
final class ReadmeTest {

    @ParameterizedTest
    @ValueSource(strings = {"pacer", "client", "permit", "request", "server"})
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
    void theClientReportsWhatItsAnswerSays() throws Exception {
        ReadmeExamples examples = new ReadmeExamples(
                new ReadmeExamples.Response(200, Map.of()),
                new ReadmeExamples.Response(429, Map.of("Retry-After", List.of("86400"))));
        try (Pacer pacer = examples.pacer()) {
            assertThat(examples.client(pacer).status()).isEqualTo(200);
            assertThat(examples.byHand(pacer).status()).isEqualTo(429);
            assertThat(pacer.report()).allMatch(scope -> scope.used() == 2);
            assertThat(pacer.report()).anyMatch(scope -> scope.pausedUntil().isPresent());
            assertThat(pacer.report())
                    .filteredOn(scope -> scope.scope().equals("token"))
                    .allMatch(scope -> scope.ceiling().equals(Optional.of(Limit.parse("150/60s"))));
            assertThatThrownBy(() -> examples.client(pacer)).isInstanceOf(CallPause.class);
        }
    }

    @Test
    void aRequestWithAPriorityIsSentToo() throws Exception {
        ReadmeExamples examples = new ReadmeExamples(new ReadmeExamples.Response(200, Map.of()));
        try (Pacer pacer = examples.pacer()) {
            assertThat(examples.request(pacer).status()).isEqualTo(200);
        }
    }

    @Test
    void aCallOfTheirsThatThrowsLeavesThePacerUsable() throws Exception {
        ReadmeExamples examples = new ReadmeExamples();
        try (Pacer pacer = examples.pacer()) {
            assertThatThrownBy(() -> examples.client(pacer)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> examples.byHand(pacer)).isInstanceOf(IOException.class);
            assertThat(pacer.report()).allMatch(scope -> scope.used() == 2);
        }
    }

    @Test
    void theServerAdmitsAThousandInAMinuteAndAHundredInASecond() {
        ReadmeExamples examples = new ReadmeExamples();
        assertThat(examples.server("radio")).isEqualTo(200);
    }
}
