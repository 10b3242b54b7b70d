package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.settings.InvalidConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits that several applications have in common: tiers.
class PlansTest {
    private static final String PLANS = """
        limits: [{name: quota, permits: 1, window: 60s}, {name: spike, permits: 100, window: 1s}]
        plans:
          gold: {limits: [{name: quota, permits: 3}]}
          platinum: {limits: [{name: quota, permits: 5}]}
        """;

    @TempDir
    Path folder;

    private static String key(String key) {
        return "key_sha256: [\"" + Sha256.of(key).hex() + "\"]";
    }

    @Test
    void anApplicationHasTheLimitsOfItsPlanWithItsOwnOverThem() throws Exception {
        String yaml = PLANS + """
            applications:
              - {id: free, %s}
              - {id: gold, plan: gold, %s}
              - {id: more, plan: gold, limits: [{name: quota, permits: 4}], %s}
            """.formatted(key("a"), key("b"), key("c"));
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = TestGateway.start(upstream, folder, yaml)) {
            assertThat(passed(rig, "a")).isEqualTo(1);
            assertThat(passed(rig, "b")).isEqualTo(3);
            assertThat(passed(rig, "c")).isEqualTo(4);
        }
    }

    @Test
    void soHaveThoseOfTheFileOnesMadeLaterAndStrangers() throws Exception {
        Files.writeString(
                folder.resolve("more.jsonl"), "{\"id\": \"filed\", \"plan\": \"platinum\", \"addresses\": []}\n");
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: 127.0.0.1:0\nupstream: http://a:1\n" + PLANS
                        + "applications_file: more.jsonl\nunknown_applications: {plan: gold}\n");
        GatewaySettings settings = GatewaySettings.read(file, name -> null);
        assertThat(settings.applications().getFirst().limits().getFirst().permits())
                .isEqualTo(5);
        assertThat(settings.unknown().toString()).contains("permits=3");
        ApplicationSettings made = ApplicationSettings.read("{\"id\": \"tv\", \"plan\": \"gold\"}", settings);
        assertThat(made.limits().getFirst().permits()).isEqualTo(3);
        assertThat(made.plan()).contains("gold");
    }

    @Test
    void aPlanThatThereIsNotIsRefused() throws Exception {
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: 127.0.0.1:0\nupstream: http://a:1\n" + PLANS + "applications: [{id: x, plan: silver}]\n");
        assertThatThrownBy(() -> GatewaySettings.read(file, name -> null))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("applications[0].plan: expected a plan, one of gold, platinum, found \"silver\"");
    }

    private static int passed(TestGateway rig, String key) throws Exception {
        int passed = 0;
        try (HttpTestClient client = rig.client()) {
            for (int i = 0; i < 6; i++) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Api-Key: " + key + "\r\n\r\n");
                passed += client.read().status() == 200 ? 1 : 0;
            }
        }
        return passed;
    }
}
