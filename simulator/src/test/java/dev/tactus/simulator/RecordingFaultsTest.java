package dev.tactus.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.SyntheticCatalog;
import dev.tactus.simulator.fault.ItemFault.Aspect;
import dev.tactus.simulator.fault.ItemFault.DoubledField;
import dev.tactus.simulator.fault.ItemFault.Drifted;
import dev.tactus.simulator.fault.ItemFault.Duplicated;
import dev.tactus.simulator.fault.ItemFault.Empty;
import dev.tactus.simulator.fault.ItemFault.FailingTerritories;
import dev.tactus.simulator.fault.ItemFault.Missing;
import dev.tactus.simulator.fault.ItemFault.MissingField;
import dev.tactus.simulator.fault.ItemFault.OtherRecording;
import dev.tactus.simulator.fault.ItemFault.Pending;
import dev.tactus.simulator.fault.ItemFault.Poisonous;
import dev.tactus.simulator.fault.ItemFault.Preliminary;
import dev.tactus.simulator.fault.ItemFault.Unavailable;
import dev.tactus.simulator.fault.ItemFault.WrongType;
import dev.tactus.simulator.fault.RecordingFaultRule;
import dev.tactus.simulator.fault.RecordingFaults;
import dev.tactus.simulator.fault.SimulatedEndpoint;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Faults that recordings have, over HTTP.
class RecordingFaultsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final ManualTime time = ManualTime.atEpochSecond(1_800_000_000);
    private final SyntheticCatalog catalog = new SyntheticCatalog(1, 500);
    // heard in many places, with one track
    private final Isrc sick = LongStream.range(0, 500)
            .mapToObj(catalog::isrc)
            .filter(isrc -> catalog.tracksOf(isrc).size() == 1
                    && catalog.audience().territories(isrc).size() > 20)
            .findFirst()
            .orElseThrow();
    private final String id = catalog.tracksOf(sick).getFirst().id();
    private final String well = catalog.tracksOf(catalog.isrc(400)).getFirst().id();

    @Test
    void anUnavailableRecordingHasNoNumbersAndItsNeighbourHas() throws Exception {
        try (Simulator simulator = start(RecordingFaultRule.of(new Unavailable(), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            JsonNode items =
                    client.json(SimulatorClient.streams(List.of(id, well), DAY)).path("items");
            assertThat(items.at("/0/status").asString()).isEqualTo("unavailable");
            assertThat(items.at("/0/territories").size()).isZero();
            assertThat(items.at("/1/status").asString()).isEqualTo("available");
            assertThat(client.json(SimulatorClient.listeners(List.of(id), DAY))
                            .at("/items/0/status")
                            .asString())
                    .isEqualTo("unavailable");
            assertThat(client.json(SimulatorClient.tracks(List.of(id)))
                            .at("/tracks/0/id")
                            .asString())
                    .isEqualTo(id);
        }
    }

    @Test
    void aPoisonousRecordingSpoilsTheWholeAnswerAndItsNeighbourAloneIsFine() throws Exception {
        try (Simulator simulator = start(RecordingFaultRule.of(new Poisonous(503, true), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.json(SimulatorClient.streams(List.of(id, well), DAY))
                            .at("/error/status")
                            .asInt())
                    .isEqualTo(503);
            assertThat(client.json(SimulatorClient.streams(List.of(well), DAY))
                            .at("/items/0/status")
                            .asString())
                    .isEqualTo("available");
        }
        try (Simulator simulator = start(RecordingFaultRule.of(new Poisonous(400, false), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.get(SimulatorClient.tracks(List.of(id, well))).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aDoubledFieldComesTwice() throws Exception {
        try (Simulator simulator = start(RecordingFaultRule.of(new DoubledField("track_id"), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.get(SimulatorClient.streams(List.of(id, well), DAY))
                            .body())
                    .contains("\"track_id\":\"" + id + "\",\"track_id\":\"" + id + "\"");
        }
    }

    @Test
    void aDayIsPendingForSomeAsks() throws Exception {
        try (Simulator simulator =
                        start(RecordingFaultRule.of(new Pending(), sick).forAsks(2));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(status(client, DAY)).isEqualTo("pending");
            assertThat(status(client, DAY)).isEqualTo("pending");
            assertThat(status(client, DAY)).isEqualTo("available");
            assertThat(status(client, DAY.plusDays(1))).isEqualTo("pending");
        }
    }

    @Test
    void aDayIsPendingUntilAMoment() throws Exception {
        RecordingFaultRule rule = new RecordingFaultRule(
                "/v1/streams", new Pending(), 1, Set.of(), 0, Duration.ZERO, Duration.ofSeconds(30));
        try (Simulator simulator = start(rule);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(status(client, DAY)).isEqualTo("pending");
            assertThat(client.json(SimulatorClient.listeners(List.of(id), DAY))
                            .at("/items/0/status")
                            .asString())
                    .isEqualTo("available");
            time.advance(Duration.ofSeconds(30));
            assertThat(status(client, DAY)).isEqualTo("available");
        }
    }

    @Test
    void countsAreLowerAtFirst() throws Exception {
        Preliminary fault = new Preliminary(0.1);
        try (Simulator simulator = start(RecordingFaultRule.of(fault, sick).forAsks(1));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            String request = SimulatorClient.streams(List.of(id), DAY);
            assertThat(ExpectedJson.streams(client.json(request).at("/items/0")))
                    .isEqualTo(catalog.streams(id, DAY).stream()
                            .map(count -> new StreamCount(count.territory(), fault.soFar(count.streams())))
                            .toList())
                    .isNotEqualTo(catalog.streams(id, DAY));
            assertThat(ExpectedJson.streams(client.json(request).at("/items/0")))
                    .isEqualTo(catalog.streams(id, DAY));
        }
    }

    @Test
    void someTerritoriesFailAndTheOthersKeepTheirNumbers() throws Exception {
        FailingTerritories fault = new FailingTerritories(0.3);
        try (Simulator simulator = start(RecordingFaultRule.of(fault, sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            JsonNode item =
                    client.json(SimulatorClient.streams(List.of(id), DAY)).at("/items/0");
            int failed = 0;
            for (JsonNode territory : item.path("territories")) {
                boolean fails = simulator
                        .faults()
                        .fails(fault, sick, territory.path("territory").asString());
                assertThat(territory.has("error")).isEqualTo(fails);
                assertThat(territory.has("streams")).isNotEqualTo(fails);
                failed += fails ? 1 : 0;
            }
            assertThat(failed).isPositive().isLessThan(item.path("territories").size());
            assertThat(catalog.streams(id, DAY)).containsAll(ExpectedJson.streams(item));
        }
    }

    @Test
    void aTrackIsLeftOutOrNull() throws Exception {
        try (Simulator simulator = start(RecordingFaultRule.of(new Missing(false), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.json(SimulatorClient.tracks(List.of(id, well)))
                            .path("tracks")
                            .size())
                    .isEqualTo(1);
            assertThat(client.json(SimulatorClient.streams(List.of(id, well), DAY))
                            .path("items")
                            .size())
                    .isEqualTo(1);
        }
        try (Simulator simulator = start(RecordingFaultRule.of(new Missing(true), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.json(SimulatorClient.tracks(List.of(id, well)))
                            .at("/tracks/0")
                            .isNull())
                    .isTrue();
            assertThat(client.json(SimulatorClient.listeners(List.of(id, well), DAY))
                            .at("/items/0")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void aTrackComesTwice() throws Exception {
        for (boolean contradicting : new boolean[] {false, true}) {
            try (Simulator simulator = start(RecordingFaultRule.of(new Duplicated(contradicting), sick));
                    SimulatorClient client = SimulatorClient.of(simulator)) {
                JsonNode tracks =
                        client.json(SimulatorClient.tracks(List.of(id))).path("tracks");
                assertThat(tracks.size()).isEqualTo(2);
                assertThat(tracks.path(0).equals(tracks.path(1))).isNotEqualTo(contradicting);
                assertThat(tracks.path(1).path("id").asString()).isEqualTo(id);
                JsonNode items =
                        client.json(SimulatorClient.streams(List.of(id), DAY)).path("items");
                assertThat(items.size()).isEqualTo(2);
                assertThat(items.path(0).equals(items.path(1))).isNotEqualTo(contradicting);
            }
        }
    }

    @Test
    void anotherRecordingAnswers() throws Exception {
        try (Simulator simulator = start(RecordingFaultRule.of(new OtherRecording(), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            Track told =
                    simulator.mutation().apply(catalog.tracksOf(sick).getFirst(), Optional.of(new OtherRecording()));
            assertThat(told.isrc()).isNotEqualTo(sick);
            assertThat(client.json(SimulatorClient.search(sick.value()))
                            .at("/tracks/items/0/external_ids/isrc")
                            .asString())
                    .isEqualTo(told.isrc().value());
            assertThat(client.json(SimulatorClient.streams(List.of(id), DAY))
                            .at("/items/0/isrc")
                            .asString())
                    .isEqualTo(told.isrc().value());
            assertThat(client.json("/track/isrc:" + sick).path("isrc").asString())
                    .isEqualTo(told.isrc().value());
        }
    }

    @Test
    void aFieldIsMissingOrOfAWrongType() throws Exception {
        try (Simulator simulator = start(RecordingFaultRule.of(new MissingField("streams"), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            JsonNode items =
                    client.json(SimulatorClient.streams(List.of(id, well), DAY)).path("items");
            assertThat(items.at("/0/territories/0").has("streams")).isFalse();
            assertThat(items.at("/0/territories/0").has("territory")).isTrue();
            assertThat(items.at("/1/territories/0").has("streams")).isTrue();
        }
        try (Simulator simulator = start(RecordingFaultRule.of(new WrongType("artists"), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            JsonNode tracks =
                    client.json(SimulatorClient.tracks(List.of(id, well))).path("tracks");
            assertThat(tracks.at("/0/artists").isString()).isTrue();
            assertThat(tracks.at("/1/artists").isArray()).isTrue();
        }
    }

    @Test
    void aSearchFindsNothingAtFirstOrAtAll() throws Exception {
        try (Simulator simulator =
                        start(RecordingFaultRule.of(new Empty(), sick).forAsks(1));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(found(client)).isZero();
            assertThat(found(client)).isEqualTo(1);
        }
        try (Simulator simulator = start(RecordingFaultRule.of(new Empty(), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(found(client) + found(client) + found(client)).isZero();
            assertThat(client.json("/track/isrc:" + sick).at("/error/code").asInt())
                    .isEqualTo(800);
        }
    }

    @ParameterizedTest
    @EnumSource(Aspect.class)
    void metadataDriftFromTheCatalog(Aspect aspect) throws Exception {
        try (Simulator simulator = start(RecordingFaultRule.of(new Drifted(aspect), sick));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            Track master = catalog.tracksOf(sick).getFirst();
            JsonNode track = client.json(SimulatorClient.search(sick.value())).at("/tracks/items/0");
            assertThat(track.path("name").asString().equals(master.title())).isEqualTo(aspect != Aspect.TITLE);
            assertThat(track.at("/artists/0/name")
                            .asString()
                            .equals(master.artists().getFirst().name()))
                    .isEqualTo(aspect != Aspect.ARTISTS);
            assertThat(track.path("duration_ms").asLong() == master.durationMs())
                    .isEqualTo(aspect != Aspect.DURATION_MS);
            assertThat(track.path("explicit").asBoolean() == Boolean.TRUE.equals(master.explicit()))
                    .isEqualTo(aspect != Aspect.EXPLICIT);
            assertThat(client.get("/_sim/catalog.csv").body()).contains(sick + ",");
        }
    }

    @Test
    void theRecordingsThatAreHitCanBeComputedBeforehand() throws Exception {
        RecordingFaultRule rule = RecordingFaultRule.share(0.2, new Unavailable());
        RecordingFaults expected = new RecordingFaults(1, List.of(rule));
        int hit = 0;
        try (Simulator simulator = start(rule);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            for (long i = 0; i < 100; i++) {
                Isrc isrc = catalog.isrc(i);
                boolean unavailable =
                        expected.lasting(isrc, SimulatedEndpoint.STREAMS).isPresent();
                String track = catalog.tracksOf(isrc).getFirst().id();
                assertThat(client.json(SimulatorClient.streams(List.of(track), DAY))
                                .at("/items/0/status")
                                .asString())
                        .isEqualTo(unavailable ? "unavailable" : "available");
                hit += unavailable ? 1 : 0;
            }
        }
        assertThat(hit).isBetween(8, 35);
    }

    @Test
    void theFirstRuleThatIsOnShows() {
        RecordingFaults faults = new RecordingFaults(
                1,
                List.of(
                        RecordingFaultRule.share(1, new Pending()).forAsks(1),
                        RecordingFaultRule.share(1, new Unavailable()),
                        RecordingFaultRule.share(1, new Missing(false))));
        assertThat(faults.of(sick, SimulatedEndpoint.STREAMS)).hasSize(3);
        assertThat(faults.lasting(sick, SimulatedEndpoint.STREAMS)).contains(new Unavailable());
        assertThat(faults.lasting(sick, SimulatedEndpoint.TRACKS)).contains(new Missing(false));
    }

    private int found(SimulatorClient client) throws Exception {
        return client.json(SimulatorClient.search(sick.value()))
                .at("/tracks/items")
                .size();
    }

    private String status(SimulatorClient client, LocalDate day) throws Exception {
        return client.json(SimulatorClient.streams(List.of(id), day))
                .at("/items/0/status")
                .asString();
    }

    private Simulator start(RecordingFaultRule rule) {
        return Simulator.start(
                SimulatorSettings.synthetic(500, 1).with(Behaviour.faultless().with(rule)), time, time);
    }
}
