package dev.tactus.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.settings.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What would be taken and mean nothing, or something else than was meant, is refused with its line.
class RefusedSettingsTest {
    private static final String COMMON = """
            listen: 127.0.0.1:0
            upstream: http://127.0.0.1:9000
            limits: [{name: quota, permits: 1000, window: 60s}]
            """;
    private static final String SEVERAL = """
            listen: 127.0.0.1:0
            upstreams:
              - {name: rest, url: "http://a:1", limits: [{name: quota, permits: 2, window: 1h}]}
              - {name: search, url: "http://a:1", match: {path: /s}, limits: [{name: calls, permits: 1, window: 1h}]}
            """;

    @TempDir
    Path folder;

    private GatewaySettings read(String yaml) throws IOException {
        return GatewaySettings.read(Files.writeString(folder.resolve("gateway.yaml"), yaml), name -> null);
    }

    private void refused(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(message);
    }

    @Test
    void aPlansOrApplicationsLimitThatIsMisspelt() throws Exception {
        refused(
                COMMON + "plans:\n  gold: {limits: [{name: qouta, permits: 5000, window: 60s}]}\n",
                "gateway.yaml:5: plans.gold.limits[0].name: did you mean the limit quota?");
        refused(
                COMMON + "applications:\n  - {id: a, limits: [{name: quotas, permits: 5000, window: 60s}]}\n",
                "gateway.yaml:5: applications[0].limits[0].name: did you mean the limit quota?");
        assertThat(read(COMMON + "applications: [{id: a, limits: [{name: daily, permits: 9, window: 1d}]}]\n")
                        .applications()
                        .getFirst()
                        .limits())
                .hasSize(2);
    }

    @Test
    void oneThatNoneOfSeveralUpstreamsHas() throws Exception {
        refused(
                SEVERAL + "plans:\n  gold: {limits: [{name: cals, permits: 9}]}\n",
                "gateway.yaml:6: plans.gold.limits[0].name: no upstream has a limit called cals; did you mean calls?");
        refused(
                SEVERAL + "applications: [{id: a, limits: [{name: daily, permits: 9}]}]\n",
                ":5: applications[0].limits[0].name: no upstream has a limit called daily; they have calls, quota");
        GatewaySettings settings = read(SEVERAL + "applications: [{id: a, limits: [{name: calls, permits: 9}]}]\n");
        assertThat(ApplicationSettings.read("{\"id\":\"b\",\"limits\":[{\"name\":\"calls\",\"permits\":7}]}", settings)
                        .id())
                .isEqualTo("b");
        GatewaySettings rest = settings.each().getFirst();
        assertThat(ApplicationSettings.read("{\"id\":\"b\",\"limits\":[{\"name\":\"calls\",\"permits\":7}]}", rest)
                        .limits())
                .as("one of the upstreams has no such limit")
                .extracting(LimitSettings::name)
                .containsExactly("quota");
        assertThatThrownBy(() -> ApplicationSettings.read(
                        "{\"id\":\"b\",\"limits\":[{\"name\":\"cals\",\"permits\":7}]}", settings))
                .hasMessageContaining("no upstream has a limit called cals");
    }

    @Test
    void aPlaceholderOfARefusalsBodyThatThereIsNot() throws Exception {
        refused(
                COMMON + "refusal_body: '{\"limit\": \"{limt}\"}'\n",
                "gateway.yaml:4: refusal_body: nothing is put in for {limt}; did you mean {limit}?");
        String body = "{\"limit\":{\"name\":\"{limit}\",\"again\":{retry_after}}}";
        assertThat(read(COMMON + "refusal_body: '" + body + "'\n").refusalBody())
                .contains(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patience: 60s",
                "queue: 10",
                "leave: 30%",
                "refusal_statuses: [403]",
                "disguised_refusals: [{pointer: /a}]"
            })
    void whatIsForPaceModeWhereNothingIsPaced(String line) throws Exception {
        String key = line.substring(0, line.indexOf(':'));
        String message = key + ": " + key + " is for mode: pace only";
        refused(COMMON + line + "\n", "gateway.yaml:4: " + message);
        refused(SEVERAL + line + "\n", "gateway.yaml:5: " + message);
        read(COMMON + "mode: pace\n" + line + "\n");
        read(SEVERAL.replace("name: rest,", "name: rest, mode: pace,") + line + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/b", "/", "(unknown)", "(events)", "(other)"})
    void anIdThatIsNoPartOfAnAddressOrTheGatewaysOwn(String id) throws Exception {
        refused(
                COMMON + "applications:\n  - contact: https://a.example/\n    id: \"" + id + "\"\n",
                "gateway.yaml:6: applications[0].id: an application's id");
        Files.writeString(folder.resolve("more.jsonl"), "\n{\"id\": \"" + id + "\", \"key_sha256\": []}\n");
        refused(COMMON + "applications_file: more.jsonl\n", "more.jsonl:2: an application's id");
    }

    @Test
    void anIdOrAKeyOfTwoAtTheLineOfTheSecond() throws Exception {
        String key = "e".repeat(64);
        refused(
                COMMON + "applications:\n  - {id: a}\n  - {id: b}\n  - {id: a}\n",
                "gateway.yaml:7: applications[2].id: duplicate application id a");
        refused(
                COMMON
                        + "applications:\n  - {id: a, key_sha256: [%s]}\n  - {id: b, key_sha256: [%s]}\n"
                                .formatted(key, key),
                "gateway.yaml:6: applications[1].id: application b has the same key as another application");
        Files.writeString(
                folder.resolve("more.jsonl"),
                "{\"id\": \"b\", \"key_sha256\": []}\n{\"id\": \"a\", \"key_sha256\": []}\n");
        refused(
                COMMON + "applications: [{id: a}]\napplications_file: more.jsonl\n",
                "more.jsonl:2: duplicate application id a");
    }
}
