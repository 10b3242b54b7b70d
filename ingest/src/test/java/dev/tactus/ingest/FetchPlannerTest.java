package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ingest.plan.FetchPlan;
import dev.tactus.ingest.plan.FetchPlanner;
import dev.tactus.ingest.plan.ThroughputModel;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.ledger.catalog.Resolution;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.music.Dataset;
import dev.tactus.music.Recording;
import dev.tactus.simulator.behaviour.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchPlannerTest {
    private static final ScopedLimit TOKEN = new ScopedLimit("token", Limit.parse("181/60s"));
    private static final ScopedLimit SEARCH = new ScopedLimit("/v1/search", Limit.parse("101/60s"));

    @TempDir
    private Path folder;

    @Test
    void paceIsWhatTheSlowestScopeLetsThrough() {
        ThroughputModel clock = new ThroughputModel(List.of(TOKEN, SEARCH));

        assertThat(clock.takes(Map.of("/v1/search", 1001L, "/v1/streams", 20L))).contains(Duration.ofMinutes(10));
        assertThat(clock.takes(Map.of("/v1/search", 100L, "/v1/streams", 1701L)))
                .contains(Duration.ofMinutes(10));
        assertThat(clock.perMinute("/v1/search")).hasValue(100);
        assertThat(clock.perMinute("/v1/searching")).hasValue(180);
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        ThroughputModel clock = new ThroughputModel(List.of(SEARCH));

        assertThat(clock.takes(Map.of("/v1/search", 10L, "/v1/streams", 1L))).isEmpty();
        assertThat(clock.takes(Map.of("/v1/search", 11L, "/v1/streams", 0L))).contains(Duration.ofSeconds(6));
        assertThat(clock.perMinute("/v1/streams")).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void countsASearchARecordingAndBatchesForEverythingElse() {
        try (SyncFixture house = new SyncFixture(folder, 120, Behaviour.faultless())) {
            house.look(resources -> {
                resources
                        .ledger()
                        .recordings()
                        .replaceWith("hash", house.catalog().iterator());
                FetchPlan plan = planner(resources, List.of(TOKEN))
                        .plan(
                                List.of(SyncFixture.request(
                                        List.of(SyncFixture.DAY, SyncFixture.DAY.plusDays(1)),
                                        EnumSet.allOf(Dataset.class))),
                                Optional.of(Instant.MAX));

                assertThat(plan.items()).isEqualTo(120 + 2 * 2 * 120);
                assertThat(calls(plan))
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("/v1/search", 120L, "/v1/tracks", 0L, "/v1/streams", 6L, "/v1/listeners", 6L));
                assertThat(plan.requests()).isEqualTo(132);
                assertThat(plan.takes()).contains(Duration.ofMillis(43_667));
                assertThat(plan.meetsDeadline()).contains(true);
                assertThat(house.simulator().report().requests()).isZero();
            });
        }
    }

    @Test
    void searchesNothingThatIsKnownAndRepeatsNothingThatIsDone() {
        try (SyncFixture house = new SyncFixture(folder, 120, Behaviour.faultless())) {
            house.look(resources -> {
                resources
                        .ledger()
                        .recordings()
                        .replaceWith("hash", house.catalog().iterator());
                List<Recording> catalog = house.catalog();
                resources
                        .ledger()
                        .resolutions()
                        .record(
                                SyncFixture.SOURCE,
                                catalog.stream()
                                        .map(recording -> new Resolution.Found(
                                                recording.isrc(), List.of(recording.isrc() + "a"), Instant.now()))
                                        .toList());
                FetchPlanner planner = planner(resources, List.of());
                FetchPlan fresh = planner.plan(List.of(SyncFixture.request()), Optional.empty());
                assertThat(calls(fresh))
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("/v1/search", 0L, "/v1/tracks", 3L, "/v1/streams", 3L, "/v1/listeners", 3L));
                assertThat(fresh.takes()).isEmpty();
                assertThat(fresh.meetsDeadline()).isEmpty();

                String run = resources
                        .ledger()
                        .runs()
                        .start(
                                SyncFixture.SOURCE,
                                SyncFixture.DAY,
                                SyncFixture.DAY,
                                EnumSet.allOf(Dataset.class),
                                "hash",
                                "1")
                        .id();
                for (Dataset dataset : Dataset.values()) {
                    resources.ledger().items().plan(run, dataset, SyncFixture.DAY);
                }
                resources
                        .ledger()
                        .items()
                        .record(
                                run,
                                catalog.stream()
                                        .map(recording -> ItemOutcome.landed(
                                                recording.isrc(), Dataset.STREAMS, SyncFixture.DAY, 1))
                                        .toList());
                FetchPlan left = planner.plan(List.of(SyncFixture.request()), Optional.empty());
                assertThat(left.items()).isEqualTo(360);
                assertThat(calls(left)).containsEntry("/v1/streams", 0L).containsEntry("/v1/listeners", 3L);
            });
        }
    }

    private static FetchPlanner planner(SyncResources resources, List<ScopedLimit> limits) {
        return new FetchPlanner(resources.ledger(), SyncFixture.SOURCE, resources.source(), limits, resources.clock());
    }

    private static Map<String, Long> calls(FetchPlan plan) {
        return plan.endpoints().stream()
                .collect(java.util.stream.Collectors.toMap(
                        FetchPlan.EndpointRequests::path, FetchPlan.EndpointRequests::requests));
    }
}
