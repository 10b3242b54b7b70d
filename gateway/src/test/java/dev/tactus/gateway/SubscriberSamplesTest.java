package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The subscribers in docs/events.md, run as they stand there.
class SubscriberSamplesTest {
    private static final Path PAGE = Path.of("../docs/events.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"python, python3, subscriber.py", "js, node, subscriber.mjs"})
    void areToldOfAChange(String language, String program, String name) throws Exception {
        assumeTrue(isInstalled(program), program + " is not installed");
        Matcher sample =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(sample.find()).isTrue();
        assertThat(sample.group(1).lines().count()).isLessThanOrEqualTo(14);
        Path file = Files.writeString(folder.resolve(name), sample.group(1));
        AtomicInteger version = new AtomicInteger(1);
        try (FakeUpstream upstream = new FakeUpstream(wire ->
                        wire.answer(200, "{\"version\":" + version.get() + "}", "Content-Type: application/json"));
                ControlPlane control = control(upstream);
                Gateway gateway = Gateway.start(settings(), control.parts(Ticker.sinceEpoch(InstantSource.system())))) {
            control.follow(gateway);
            ProcessBuilder builder = new ProcessBuilder(program, file.toString()).redirectErrorStream(true);
            builder.environment()
                    .put("GATEWAY", "http://127.0.0.1:" + gateway.address().getPort());
            builder.environment().put("API_KEY", "key-radio");
            builder.environment().put("RESOURCE", "/v1/players/42/state");
            Process subscriber = builder.start();
            try (BufferedReader lines = subscriber.inputReader()) {
                assertThat(lines.readLine()).isEqualTo("subscribed");
                version.set(2);
                assertThat(lines.readLine().replace(" ", "")).isEqualTo("{\"version\":2}");
            } finally {
                subscriber.destroyForcibly().waitFor();
            }
        }
    }

    private static boolean isInstalled(String program) {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ControlPlane control(FakeUpstream upstream) throws Exception {
        Files.writeString(
                folder.resolve("gateway.yaml"), """
                listen: 127.0.0.1:0
                upstream: http://127.0.0.1:%d
                threads: 2
                applications: [{id: radio, key_sha256: ["%s"]}]
                events: {resources: [{path: /v1/players/*/state, every: 50ms}]}
                """.formatted(upstream.port(), EnforcementTest.sha256("key-radio")));
        return ControlPlane.start(settings(), name -> null, InstantSource.system(), Optional::empty);
    }

    private GatewaySettings settings() {
        return GatewaySettings.read(folder.resolve("gateway.yaml"), name -> null);
    }
}
