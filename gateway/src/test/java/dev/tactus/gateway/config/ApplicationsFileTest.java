package dev.tactus.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.settings.InvalidConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationsFileTest {
    private static final String KEY = "e".repeat(64);

    @TempDir
    Path folder;

    private GatewaySettings read(String lines, String yaml) throws Exception {
        Files.writeString(folder.resolve("applications.jsonl"), lines);
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
                listen: 127.0.0.1:0
                upstream: http://127.0.0.1:9
                limits: [{name: quota, permits: 10, window: 60s}]
                applications_file: applications.jsonl
                """ + yaml);
        return GatewaySettings.read(file, name -> null);
    }

    @Test
    void holdsWhatTheYamlCouldHold() throws Exception {
        GatewaySettings settings =
                read("""
                {"id":"radio","key_sha256":["%s"]}

                {"key_sha256": [], "id": "tv", "contact": "https://tv.example/hook", "limits": [{"name": "quota", "permits": 5}]}
                {"id":"ünï\\u0041","key_sha256":["%s","%s"]}
                """.formatted(KEY, "1".repeat(64), "2".repeat(64)), "applications: [{id: first}]\n");
        assertThat(settings.applications())
                .extracting(ApplicationSettings::id)
                .containsExactly("first", "radio", "tv", "ünïA");
        assertThat(settings.applications().get(1).keySha256().getFirst()).hasToString(KEY);
        assertThat(settings.applications().get(1).limits()).isSameAs(settings.limits());
        assertThat(settings.applications().get(2).limits().getFirst().permits()).isEqualTo(5);
        assertThat(settings.applications().get(3).keySha256()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id":"b","key":["x"]}                            | applications.jsonl:2: key: this key is not known
            {"id":"b","key_sha256":["E"]}                     | applications.jsonl:2: key_sha256[0]: expected the SHA-256
            {"id":"b","limits":[{"name":"quota","permits":0}]} | applications.jsonl:2: limits[0].permits: expected a whole
            [1]                                               | applications.jsonl:2: expected one application
            {"id":"a","key_sha256":[]}                        | duplicate application id a
            {"id":"b","key_sha256":["eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"]} | the same key
            """)
    void refusesALineByItsNumber(String line, String message) {
        assertThatThrownBy(() -> read("{\"id\":\"a\",\"key_sha256\":[\"" + KEY + "\"]}\n" + line + "\n", ""))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(message);
    }

    @Test
    void aYamlThatIsTooLongSaysWhereItsApplicationsBelong() {
        String all = IntStream.range(0, 40_000)
                .mapToObj(i -> "  - {id: a%05d, key_sha256: [\"%064x\"]}".formatted(i, i))
                .collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> read("", "applications:\n" + all + "\n"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("3 MB")
                .hasMessageContaining("applications_file");
    }
}
