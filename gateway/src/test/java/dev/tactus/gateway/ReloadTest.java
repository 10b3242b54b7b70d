package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.gateway.config.ConfigReloader;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.settings.InvalidConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Another configuration while requests are coming.
class ReloadTest {
    @TempDir
    Path folder;

    @Test
    void aNewLimitHoldsAtOnceAndKeepsWhatHasBeenUsed() throws Exception {
        try (TestGateway rig = rig("limits: [{name: quota, permits: 3, window: 60s}]\n");
                HttpTestClient client = rig.client()) {
            assertThat(EnforcementTest.statuses(client, 4)).containsExactly(200, 200, 200, 429);
            rig.gateway.reload(rig.settings("limits: [{name: quota, permits: 5, window: 60s}]\n"));
            assertThat(EnforcementTest.statuses(client, 3)).containsExactly(200, 200, 429);
        }
    }

    /// An operator takes a limit out, or misspells it, and puts it back: that is no new quota.
    @ParameterizedTest
    @ValueSource(strings = {"sliding", "fixed", "fixed-from-first", "bucket", "spacing"})
    void aLimitThatComesBackWithinItsWindowKeepsWhatWasUsed(String kind) throws Exception {
        String quota = "{name: quota, permits: 1, window: 1h, kind: " + kind + "}";
        String other = "{name: other, permits: 100, window: 60s}";
        try (TestGateway rig = rig("limits: [" + quota + "]\n");
                HttpTestClient client = rig.client()) {
            assertThat(EnforcementTest.statuses(client, 2)).containsExactly(200, 429);
            rig.gateway.reload(rig.settings("limits: [" + other + "]\n"));
            assertThat(EnforcementTest.statuses(client, 2)).containsExactly(200, 200);
            rig.gateway.reload(rig.settings("limits: []\n"));
            assertThat(EnforcementTest.statuses(client, 2)).containsExactly(200, 200);
            rig.gateway.reload(rig.settings("limits: [" + other + ", " + quota + "]\n"));
            assertThat(EnforcementTest.statuses(client, 2)).containsExactly(429, 429);
            rig.at(Duration.ofHours(1).plusMillis(1)); // a sliding window is a few microseconds late
            try (HttpTestClient later = rig.client()) {
                assertThat(EnforcementTest.statuses(later, 2)).containsExactly(200, 429);
            }
        }
    }

    @Test
    void noConnectionIsDropped() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (TestGateway rig = TestGateway.start(
                        new FakeUpstream(wire -> {
                            if (wire.request().start().contains("/slow")) {
                                await(go);
                            }
                            wire.answer(200, "old");
                        }),
                        folder,
                        "limits: []\n");
                FakeUpstream other = FakeUpstream.saying("new");
                HttpTestClient slow = rig.client();
                HttpTestClient kept = rig.client()) {
            kept.get("/");
            slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            TestGateway.until(() -> rig.upstream.seen().size() == 2);
            rig.gateway.reload(rig.settings("upstream: http://127.0.0.1:" + other.port() + "\nlimits: []\n"));
            assertThat(kept.get("/").body()).isEqualTo("new");
            go.countDown();
            assertThat(slow.read().body()).isEqualTo("old");
            assertThat(slow.get("/").body()).isEqualTo("new");
            TestGateway.until(() -> rig.upstream.openConnections() == 0);
        }
    }

    @Test
    void refusesWhatOnlyAStartCanChange() throws Exception {
        try (TestGateway rig = rig("limits: []\n")) {
            GatewaySettings changed = rig.settings("limits: []\nstate: other.db\n");
            assertThatThrownBy(() -> rig.gateway.reload(changed))
                    .isInstanceOf(InvalidConfiguration.class)
                    .hasMessageContaining("state: a change takes effect only after a restart");
        }
    }

    @Test
    void aFileThatChangesIsReadAgainAndAnInvalidOneChangesNothing() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (TestGateway rig = rig("limits: [{name: quota, permits: 1, window: 60s}]\n");
                HttpTestClient client = rig.client();
                ConfigReloader reloading =
                        new ConfigReloader(rig.gateway.settings(), name -> null, rig.gateway::reload, said::add)) {
            assertThat(EnforcementTest.statuses(client, 2)).containsExactly(200, 429);
            Path file = rig.gateway.settings().file();
            String text = Files.readString(file);
            Files.writeString(file, text.replace("permits: 1", "permits: none"));
            touch(file, 1);
            reloading.look();
            assertThat(said)
                    .singleElement()
                    .asString()
                    .startsWith("not reloaded, the old configuration stays in force: ")
                    .contains("gateway.yaml:4: limits[0].permits: expected a whole number");
            assertThat(client.get("/").status()).isEqualTo(429);
            Files.writeString(file, text.replace("permits: 1", "permits: 2"));
            touch(file, 2);
            reloading.look();
            assertThat(said).last().asString().startsWith("reloaded ");
            assertThat(client.get("/").status()).isEqualTo(200);
            reloading.look();
            assertThat(said).hasSize(2);
        }
    }

    /// Two writes may fall into one tick of the file system's clock.
    private static void touch(Path file, int seconds) throws Exception {
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(Instant.EPOCH.plusSeconds(seconds)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TestGateway rig(String yaml) throws Exception {
        return TestGateway.start(FakeUpstream.saying("ok"), folder, yaml);
    }
}
