package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.usage.LimitCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In enforce mode an answer may tell that its request has cost more than was charged, and more than is left.
class AnswerDebtTest {
    private static final String JSON = "Content-Type: application/json";

    @TempDir
    Path folder;

    private static TestGateway rig(Path folder, String limit, FakeUpstream.Service service) throws Exception {
        return TestGateway.start(new FakeUpstream(service), folder, "limits: [" + limit + "]\n");
    }

    @Test
    void whatAFieldTellsIsChargedAndWhatIsBeyondTheLimitIsWaitedOut() throws Exception {
        try (TestGateway rig = rig(
                        folder,
                        "{name: points, permits: 100, window: 60s, kind: fixed, cost_header: X-Cost}",
                        wire -> wire.answer(200, "done", "X-Cost: 250"));
                HttpTestClient client = rig.client()) {
            HttpTestClient.Answer first = client.get("/");
            assertThat(first.status()).as("what it costs is known too late").isEqualTo(200);
            assertThat(first.field("RateLimit")).startsWith("\"points\";r=0;t=");
            HttpTestClient.Answer refused = client.get("/");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.field("Retry-After"))
                    .as("two windows and half of the third")
                    .isEqualTo("120");
            rig.at(Duration.ofSeconds(119));
            assertThat(client.get("/").status()).isEqualTo(429);
            rig.at(Duration.ofMinutes(2));
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(rig.usage.take(rig.now.get()).stream()
                            .flatMap(each -> each.limits().stream())
                            .mapToLong(LimitCounts::charged)
                            .sum())
                    .as("usage has it, too")
                    .isEqualTo(500);
        }
    }

    @Test
    void whatABodyTellsIsChargedToo() throws Exception {
        try (TestGateway rig = rig(
                        folder,
                        "{name: points, permits: 10, window: 60s, cost_from: /extensions/cost/actual}",
                        wire -> wire.answer(200, "{\"extensions\":{\"cost\":{\"actual\":7.2}}}", JSON));
                HttpTestClient client = rig.client()) {
            HttpTestClient.Answer first = client.get("/");
            assertThat(first.field("RateLimit")).startsWith("\"points\";r=2");
            assertThat(first.body()).contains("7.2");
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/").status()).isEqualTo(429);
            rig.at(Duration.ofSeconds(62));
            assertThat(client.get("/").status()).as("six are owed of ten").isEqualTo(200);
            assertThat(client.get("/").status()).isEqualTo(429);
        }
    }

    /// What tells less than the cost, or nothing that can be read, costs what was charged.
    @Test
    void anythingElseCostsWhatWasCharged() throws Exception {
        List<String> told = List.of("X-Cost: 1", "X-Cost: -9", "X-Cost: NaN", "X-Cost: 1e9", "Other: 99");
        try (TestGateway rig = rig(
                        folder,
                        "{name: points, permits: 10, window: 60s, cost: 2, cost_header: X-Cost}",
                        new FakeUpstream.Service() {
                            private int next;

                            @Override
                            public void serve(FakeUpstream.Wire wire) throws java.io.IOException {
                                wire.answer(200, "done", told.get(next++));
                            }
                        });
                HttpTestClient client = rig.client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.get("/").status()).as("request " + i).isEqualTo(200);
            }
            assertThat(client.get("/").status()).isEqualTo(429);
        }
    }

    /// However much an upstream says, somebody comes out of it one day.
    @Test
    void noDebtIsForEver() throws Exception {
        try (TestGateway rig = rig(
                        folder,
                        "{name: points, permits: 1000, window: 60s, kind: fixed, cost_header: X-Cost}",
                        wire -> wire.answer(200, "done", "X-Cost: 999999999999999"));
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/").field("Retry-After")).isEqualTo("6000");
        }
    }

    @Test
    void theRequestsRouteDecidesWhetherItIsCharged() throws Exception {
        try (TestGateway rig = rig(
                        folder,
                        "{name: points, permits: 10, window: 60s, cost_header: X-Cost, match: {path: /graphql}}",
                        wire -> wire.answer(200, "done", "X-Cost: 50"));
                HttpTestClient client = rig.client()) {
            for (int i = 0; i < 12; i++) {
                assertThat(client.get("/other").status()).isEqualTo(200);
            }
            assertThat(client.get("/graphql").status()).isEqualTo(200);
            assertThat(client.get("/graphql").status()).isEqualTo(429);
        }
    }
}
