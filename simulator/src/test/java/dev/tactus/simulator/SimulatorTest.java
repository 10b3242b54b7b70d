package dev.tactus.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.music.Artist;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.catalog.SyntheticCatalog;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The API as other rooms and other servers know it, without faults.
class SimulatorTest {
    private static final String DAY = "2026-11-20";

    private Simulator simulator;
    private SyntheticCatalog catalog;
    private SimulatorClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorSettings.synthetic(1_000, 42));
        catalog = (SyntheticCatalog) simulator.catalog();
        client = SimulatorClient.of(simulator);
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    void grantsATokenToAnyNonEmptyCredentials() throws Exception {
        HttpResponse<String> answer = client.token("any", "thing", "grant_type=client_credentials");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = SimulatorClient.JSON.readTree(answer.body());
        assertThat(body.path("access_token").asString()).isNotBlank();
        assertThat(body.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").asInt()).isEqualTo(3600);
    }

    @Test
    void refusesEmptyCredentialsAndOtherGrants() throws Exception {
        HttpResponse<String> empty = client.token("", "secret", "grant_type=client_credentials");
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(empty.body()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(client.token("id", "", "grant_type=client_credentials").statusCode())
                .isEqualTo(400);
        assertThat(client.token("id", "secret", "grant_type=password").body()).contains("unsupported_grant_type");
    }

    @Test
    void wantsATokenItKnows() throws Exception {
        try (SimulatorClient stranger = new SimulatorClient(simulator)) {
            HttpResponse<String> answer = stranger.get(SimulatorClient.search("USUM72409273"));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(SimulatorClient.JSON
                            .readTree(answer.body())
                            .at("/error/status")
                            .asInt())
                    .isEqualTo(401);
        }
    }

    @Test
    void findsEveryTrackOfARecording() throws Exception {
        Isrc several = LongStream.range(0, catalog.recordings())
                .mapToObj(catalog::isrc)
                .filter(isrc -> catalog.tracksOf(isrc).size() > 1)
                .findFirst()
                .orElseThrow();
        JsonNode found = client.json(SimulatorClient.search(several.value())).path("tracks");
        List<Track> tracks = catalog.tracksOf(several);
        assertThat(found.path("total").asInt()).isEqualTo(tracks.size());
        assertThat(found.path("next").isNull()).isTrue();
        assertThat(found.path("href").asString()).startsWith("/v1/search");
        for (int i = 0; i < tracks.size(); i++) {
            assertSame(found.path("items").path(i), tracks.get(i));
        }
        JsonNode one = client.json("/v1/search?q=isrc:" + several + "&type=track&limit=1");
        assertThat(one.at("/tracks/items").size()).isEqualTo(1);
        assertThat(one.at("/tracks/total").asInt()).isEqualTo(tracks.size());
    }

    private static void assertSame(JsonNode found, Track track) {
        assertThat(found.path("type").asString()).isEqualTo("track");
        assertThat(found.path("id").asString()).isEqualTo(track.id());
        assertThat(found.path("uri").asString()).isEqualTo("spotify:track:" + track.id());
        assertThat(found.path("name").asString()).isEqualTo(track.title());
        assertThat(found.path("duration_ms").asLong()).isEqualTo(track.durationMs());
        assertThat(found.path("explicit").asBoolean()).isEqualTo(track.explicit());
        assertThat(found.at("/external_ids/isrc").asString())
                .isEqualTo(track.isrc().value());
        assertThat(found.at("/album/release_date").asString()).isEqualTo(track.releaseDate());
        assertThat(found.at("/album/release_date_precision").asString()).isIn("year", "month", "day");
        List<String> names = new ArrayList<>();
        found.path("artists").forEach(artist -> names.add(artist.path("name").asString()));
        assertThat(names).isEqualTo(track.artists().stream().map(Artist::name).toList());
    }

    @Test
    void findsNothingForAnUnknownIsrc() throws Exception {
        JsonNode found = client.json(SimulatorClient.search("ZZZZZ9999999"));
        assertThat(found.at("/tracks/items").isArray()).isTrue();
        assertThat(found.at("/tracks/items").size()).isZero();
    }

    @Test
    void answersABatchInTheOrderAskedWithNullForUnknownIds() throws Exception {
        List<String> ids = List.of(id(3), "unknown", id(1));
        JsonNode tracks = client.json(SimulatorClient.tracks(ids)).path("tracks");
        assertThat(tracks.size()).isEqualTo(3);
        assertSame(tracks.path(0), catalog.track(id(3)).orElseThrow());
        assertThat(tracks.path(1).isNull()).isTrue();
        assertSame(tracks.path(2), catalog.track(id(1)).orElseThrow());
    }

    @Test
    void countsStreamsAsTheCatalogComputesThem() throws Exception {
        JsonNode body = client.json(SimulatorClient.streams(List.of(id(5), "unknown", id(6)), DAY));
        assertThat(body.path("date").asString()).isEqualTo(DAY);
        assertThat(body.path("items").size()).isEqualTo(2);
        JsonNode item = body.path("items").path(1);
        assertThat(item.path("track_id").asString()).isEqualTo(id(6));
        assertThat(item.path("isrc").asString()).isEqualTo(catalog.isrc(6).value());
        assertThat(item.path("status").asString()).isEqualTo("available");
        assertThat(ExpectedJson.streams(item)).isEqualTo(catalog.streams(id(6), LocalDate.parse(DAY)));
    }

    @Test
    void countsListenersAsTheCatalogComputesThem() throws Exception {
        JsonNode item =
                client.json(SimulatorClient.listeners(List.of(id(7)), DAY)).at("/items/0");
        assertThat(ExpectedJson.listeners(item)).isEqualTo(catalog.listeners(id(7), LocalDate.parse(DAY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/search?type=track",
                "/v1/search?q=isrc:nonsense&type=track",
                "/v1/search?q=isrc:USUM72409273",
                "/v1/search?q=isrc:USUM72409273&type=track&limit=51",
                "/v1/search?q=isrc:USUM72409273&type=track&limit=0",
                "/v1/tracks",
                "/v1/streams?ids=x",
                "/v1/streams?ids=x&date=yesterday",
                "/v1/listeners?date=2026-11-20"
            })
    void refusesMalformedRequests(String request) throws Exception {
        HttpResponse<String> answer = client.get(request);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = SimulatorClient.JSON.readTree(answer.body()).path("error");
        assertThat(error.path("status").asInt()).isEqualTo(400);
        assertThat(error.path("message").asString()).isNotBlank();
    }

    @Test
    void takesFiftyIdsAndNoMore() throws Exception {
        assertThat(client.status(SimulatorClient.tracks(Collections.nCopies(50, id(1)))))
                .isEqualTo(200);
        assertThat(client.status(SimulatorClient.tracks(Collections.nCopies(51, id(1)))))
                .isEqualTo(400);
        assertThat(client.status(SimulatorClient.streams(Collections.nCopies(500, id(1)), DAY)))
                .isEqualTo(400);
    }

    @Test
    void knowsNoOtherPath() throws Exception {
        assertThat(client.status("/v1/albums")).isEqualTo(404);
    }

    @Test
    void answersAsDeezerDoes() throws Exception {
        Track track = catalog.track(id(9)).orElseThrow();
        JsonNode body = client.json("/track/isrc:" + track.isrc());
        assertThat(body.path("isrc").asString()).isEqualTo(track.isrc().value());
        assertThat(body.path("duration").asLong()).isEqualTo(track.durationMs() / 1000);
        assertThat(body.path("title").asString()).isEqualTo(track.title());
        HttpResponse<String> none = client.get("/track/isrc:ZZZZZ9999999");
        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(SimulatorClient.JSON.readTree(none.body()).at("/error/code").asInt())
                .isEqualTo(800);
    }

    @Test
    void listsTheMasterCatalog() throws Exception {
        List<String> lines = client.get("/_sim/catalog.csv").body().lines().toList();
        assertThat(lines).hasSize(1_001);
        assertThat(lines.getFirst())
                .isEqualTo("isrc,title,artists,duration_ms,upc,explicit,label,release_date,territories,priority");
        assertThat(lines.get(8))
                .startsWith(catalog.isrc(7) + ",")
                .contains("," + catalog.recording(7).durationMs() + ",");
    }

    @Test
    void givesTheSameBytesForTheSameSeed() throws Exception {
        String request = SimulatorClient.listeners(List.of(id(1), id(2)), DAY);
        try (Simulator again = Simulator.start(SimulatorSettings.synthetic(1_000, 42));
                SimulatorClient other = SimulatorClient.of(again)) {
            assertThat(other.get(request).body()).isEqualTo(client.get(request).body());
            assertThat(other.get("/_sim/catalog.csv").body())
                    .isEqualTo(client.get("/_sim/catalog.csv").body());
        }
    }

    @Test
    void tellsWhatItSaw() throws Exception {
        client.get(SimulatorClient.search("USUM72409273"));
        client.get("/v1/tracks");
        client.get("/_sim/catalog.csv");
        JsonNode report = client.json("/_sim/report");
        assertThat(report.path("requests").asInt()).isEqualTo(2);
        assertThat(report.path("token_requests").asInt()).isEqualTo(1);
        assertThat(report.path("throttled").asInt()).isZero();
        assertThat(report.at("/statuses/200").asInt()).isEqualTo(1);
        assertThat(report.at("/statuses/400").asInt()).isEqualTo(1);
        assertThat(report.at("/paths/0/path").asString()).isEqualTo("/v1/search");
    }

    @Test
    void saysThatAPortIsTaken() {
        SimulatorSettings same = SimulatorSettings.synthetic(1, 1).onPort(simulator.port());
        assertThatThrownBy(() -> Simulator.start(same))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(":" + simulator.port());
    }

    private String id(long index) {
        return catalog.tracksOf(catalog.isrc(index)).getFirst().id();
    }
}
