package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.config.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an application has used of its windows outlasts the gateway.
class RestartTest {
    private static final String KEY_HASH =
            "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"; // "secret"

    private final ManualClock clock = new ManualClock("2026-11-22T10:15:30Z");

    @TempDir
    Path folder;

    private final class Run implements AutoCloseable {
        final ControlPlane administration;
        final Gateway gateway;

        Run(Path where, String limit, FakeUpstream upstream) throws IOException {
            Files.createDirectories(where);
            Path file = where.resolve("gateway.yaml");
            Files.writeString(file, """
                    listen: 127.0.0.1:0
                    threads: 1
                    upstream: http://127.0.0.1:%d
                    limits: [%s]
                    applications: [{id: radio, key_sha256: ["%s"]}]
                    """.formatted(upstream.port(), limit, KEY_HASH));
            GatewaySettings settings = GatewaySettings.read(file, name -> null);
            administration = ControlPlane.start(settings, name -> null, clock, Optional::empty);
            gateway = Gateway.start(settings, administration.parts(clock::nanos));
        }

        List<Integer> statuses(int requests) throws IOException {
            try (HttpTestClient client = new HttpTestClient(gateway.address())) {
                return Stream.generate(() -> status(client)).limit(requests).toList();
            }
        }

        @Override
        public void close() {
            gateway.close();
            administration.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: quota, permits: 5, window: 60s}",
                "{name: quota, permits: 5, window: 60s, kind: fixed}",
                "{name: quota, permits: 5, window: 60s, kind: fixed-from-first}",
                "{name: quota, permits: 1, window: 60s, kind: bucket, burst: 5}",
            })
    void givesNobodyTheQuotaOfThisWindowAnew(String limit) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.saying("here")) {
            try (Run first = new Run(folder, limit, upstream)) {
                assertThat(first.statuses(3)).containsExactly(200, 200, 200);
            }
            clock.advance(Duration.ofSeconds(5));
            try (Run second = new Run(folder, limit, upstream)) {
                assertThat(second.statuses(3)).containsExactly(200, 200, 429);
            }
            clock.advance(Duration.ofSeconds(5));
            try (Run third = new Run(folder, limit, upstream)) {
                assertThat(third.statuses(1)).containsExactly(429);
                clock.advance(Duration.ofSeconds(60));
                assertThat(third.statuses(1)).containsExactly(200);
            }
        }
    }

    /// A copy of the files as they are at some moment is what a process that is killed leaves.
    @Test
    void knowsAfterAKillWhatWasCountedASecondBefore() throws Exception {
        String limit = "{name: quota, permits: 5, window: 60s}";
        Path left = folder.resolve("left");
        try (FakeUpstream upstream = FakeUpstream.saying("here");
                Run killed = new Run(folder.resolve("killed"), limit, upstream)) {
            assertThat(killed.statuses(3)).containsExactly(200, 200, 200);
            killed.administration.books().tick();
            Files.createDirectories(left);
            for (String name : List.of("gateway.db", "gateway.db-wal")) {
                Path file = folder.resolve("killed").resolve(name);
                if (Files.exists(file)) {
                    Files.copy(file, left.resolve(name));
                }
            }
            try (Run next = new Run(left, limit, upstream)) {
                assertThat(next.statuses(3)).containsExactly(200, 200, 429);
            }
        }
    }

    private static int status(HttpTestClient client) {
        try {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Api-Key: secret\r\n\r\n");
            return client.read().status();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
