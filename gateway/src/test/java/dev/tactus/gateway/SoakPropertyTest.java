package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.FakeUpstream.Wire;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random applications, callers and upstream faults, all at once, in a time that is turned between rounds.
///
/// What was admitted is told by a log that knows nothing of the gateway's counting: the ids of requests that the
/// upstream has seen, and of those that were answered with anything but 429. Summed up naively over every window they
/// must stay within the limits; and in the end nothing is open and nothing is held.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class SoakPropertyTest {
    private static final int APPLICATIONS = 12;
    private static final int CALLERS = 16;
    private static final int ROUNDS = 80;
    private static final long MOST_HELD = 64L * 1024 * 1024;

    @TempDir
    Path folder;

    /// A request that reached the upstream, or may have.
    private record Sent(String application, long atMillis) {}

    /// A random limit, and how many requests it was seen to admit in its fullest window.
    private record Rule(int permits, long windowMillis, boolean fixed) {
        int fullest(List<Long> times) {
            int most = 0;
            for (long start : times) {
                long from = fixed ? start - Math.floorMod(start, windowMillis) : start;
                int within = 0;
                for (long time : times) {
                    within += time >= from && time < from + windowMillis ? 1 : 0;
                }
                most = Math.max(most, within);
            }
            return most;
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void staysWithinTheLimitsAndKeepsNothing(long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, List<Rule>> rules = rules(random);
        Map<String, Sent> seen = new ConcurrentHashMap<>();
        Set<String> admitted = ConcurrentHashMap.newKeySet();
        Map<String, Sent> sent = new ConcurrentHashMap<>();
        FakeUpstream upstream = new FakeUpstream(wire -> {
            String id = wire.request().field("X-Id");
            Sent known = sent.get(id);
            if (known == null) {
                wire.socket().close(); // the body of a request that was answered without reading it
                return;
            }
            seen.put(id, known);
            misbehave(wire, new Random(seed * 31 + id.hashCode()));
        });
        try (TestGateway rig = TestGateway.start(upstream, folder, yaml(rules));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Caller> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(new Caller(rig, new Random(random.nextLong()), sent, admitted, "c" + i + "-"));
            }
            for (int round = 0; round < ROUNDS; round++) {
                long at = rig.now.get();
                List<Future<?>> calls = new ArrayList<>();
                for (Caller caller : callers) {
                    calls.add(threads.submit(() -> {
                        caller.calls(TimeUnit.NANOSECONDS.toMillis(at));
                        return null;
                    }));
                }
                for (Future<?> call : calls) {
                    call.get();
                }
                // whoever left has been seen to leave before time goes on
                TestGateway.until(() -> rig.gateway.open() == CALLERS);
                rig.now.addAndGet(TimeUnit.MILLISECONDS.toNanos(random.nextInt(40)));
            }
            for (Caller caller : callers) {
                caller.close();
            }
            TestGateway.until(() -> rig.gateway.open() == 0);
            TestGateway.until(() -> {
                rig.now.addAndGet(Duration.ofSeconds(1).toNanos());
                return rig.gateway.openUpstream() == 0;
            });
            admitted.addAll(seen.keySet());
            int total = 0;
            for (Map.Entry<String, List<Rule>> each : rules.entrySet()) {
                List<Long> times = admitted.stream()
                        .map(sent::get)
                        .filter(one -> one.application().equals(each.getKey()))
                        .map(Sent::atMillis)
                        .toList();
                for (Rule rule : each.getValue()) {
                    assertThat(rule.fullest(times))
                            .as("%s, %s, seed %d", each.getKey(), rule, seed)
                            .isLessThanOrEqualTo(rule.permits());
                }
                total += times.size();
            }
            assertThat(total).as("requests admitted, seed %d", seed).isGreaterThan(300);
            assertThat(sent.size()).as("requests sent, seed %d", seed).isGreaterThan(total);
        }
        assertThat(((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                        .metric()
                        .usedDirectMemory())
                .isLessThan(MOST_HELD);
        assertThat(LeakRecorder.found()).as("seed %d", seed).isEmpty();
    }

    /// The check is worth nothing if it can't see a window that is too full.
    @Test
    void theCheckSeesWhatIsTooMuch() {
        assertThat(new Rule(2, 100, false).fullest(List.of(0L, 50L, 99L))).isEqualTo(3);
        assertThat(new Rule(2, 100, false).fullest(List.of(0L, 50L, 100L))).isEqualTo(2);
        assertThat(new Rule(2, 100, true).fullest(List.of(90L, 95L, 101L, 102L)))
                .isEqualTo(2);
        assertThat(new Rule(2, 100, true).fullest(List.of(190L, 195L, 101L, 102L)))
                .isEqualTo(4);
    }

    private static Map<String, List<Rule>> rules(Random random) {
        Map<String, List<Rule>> rules = new ConcurrentHashMap<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            rules.put(
                    "app" + i,
                    List.of(
                            new Rule(20 + random.nextInt(100), 1000, true),
                            new Rule(5 + random.nextInt(20), 50 + random.nextInt(200), false)));
        }
        return rules;
    }

    private static String yaml(Map<String, List<Rule>> rules) throws Exception {
        StringBuilder yaml = new StringBuilder("""
                limits:
                  - {name: quota, permits: 1, window: 1s, kind: fixed}
                  - {name: spike, permits: 1, window: 1s}
                timeouts: {connect: 5s, headers: 30s, idle: 30s, request: 30s, drain: 1s}
                applications:
                """);
        for (Map.Entry<String, List<Rule>> each : rules.entrySet()) {
            Rule quota = each.getValue().get(0);
            Rule spike = each.getValue().get(1);
            yaml.append("  - {id: ")
                    .append(each.getKey())
                    .append(", key_sha256: [\"")
                    .append(EnforcementTest.sha256(each.getKey()))
                    .append("\"], limits: [{name: quota, permits: ")
                    .append(quota.permits())
                    .append("}, {name: spike, permits: ")
                    .append(spike.permits())
                    .append(", window: ")
                    .append(spike.windowMillis())
                    .append("ms}]}\n");
        }
        return yaml.toString();
    }

    private static void misbehave(Wire wire, Random random) throws IOException {
        String body = "x".repeat(random.nextInt(5000));
        switch (random.nextInt(14)) {
            case 0 -> wire.reset();
            case 1 -> wire.socket().close();
            case 2 -> {
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + body);
                wire.reset();
            }
            case 3 -> {
                wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                wire.socket().close();
            }
            case 4 -> wire.send("nonsense\r\n\r\n");
            case 5 -> wire.answer(503, body, "Connection: close");
            case 6 -> {
                wire.answer(200, "");
                wire.socket().close();
            }
            case 7 -> {
                wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                wire.socket().close(); // with the body unread
            }
            case 8 -> {
                Wire.readBody(
                        wire.in(),
                        wire.request().has("Content-Length") ? wire.request() : new Wire.Message("", List.of()));
                wire.send("HTTP/1.1 200 OK\r\n\r\n" + body);
                wire.socket().close();
            }
            default -> wire.answer(200, body);
        }
    }

    /// Calls with random keys, bodies and manners; one connection until it breaks.
    private static final class Caller {
        private final TestGateway rig;
        private final Random random;
        private final Map<String, Sent> sent;
        private final Set<String> admitted;
        private final String prefix;
        private int number;
        private HttpTestClient client;

        Caller(TestGateway rig, Random random, Map<String, Sent> sent, Set<String> admitted, String prefix)
                throws IOException {
            this.rig = rig;
            this.random = random;
            this.sent = sent;
            this.admitted = admitted;
            this.prefix = prefix;
            client = rig.client();
        }

        void calls(long atMillis) throws IOException {
            for (int i = random.nextInt(6); i > 0; i--) {
                call(atMillis);
            }
        }

        private void call(long atMillis) throws IOException {
            String id = prefix + number++;
            String application = "app" + random.nextInt(APPLICATIONS);
            sent.put(id, new Sent(application, atMillis));
            String fields = " / HTTP/1.1\r\nHost: a\r\nX-Api-Key: " + application + "\r\nX-Id: " + id + "\r\n";
            int body = random.nextInt(20_000);
            int manner = random.nextInt(12);
            try {
                switch (manner) {
                    case 0 -> {
                        client.send("POST" + fields + "Content-Length: " + (body + 1) + "\r\n\r\n" + "y".repeat(body));
                        leave();
                    }
                    case 1 -> {
                        client.send("GET" + fields + "\r\n");
                        leave();
                    }
                    case 2 -> client.send("POST" + fields + "Content-Length: " + body + "\r\n\r\n" + "y".repeat(body));
                    case 3 ->
                        client.send(
                                "POST" + fields + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n");
                    default -> client.send("GET" + fields + "\r\n");
                }
                if (manner > 1) {
                    read(id);
                }
            } catch (IOException e) {
                // the upstream broke off, and so did the gateway
                client.close();
                client = rig.client();
            }
        }

        private void read(String id) throws IOException {
            Wire.Message head = client.readHead();
            if (head.isNone()) {
                throw new IOException("closed");
            }
            if (head.status() != 429) {
                admitted.add(id);
            }
            Wire.readBody(client.in(), head);
            if (head.field("Connection").equals("close")) {
                throw new IOException("closing");
            }
        }

        private void leave() throws IOException {
            client.reset();
            client = rig.client();
            client.send(
                    "GET / HTTP/1.1\r\nHost: a\r\n\r\n"); // who is nobody, so that this connection is seen to be open
            client.read();
        }

        void close() throws IOException {
            client.close();
        }
    }
}
