package dev.tactus.source;

import static dev.tactus.source.SourceFixture.ref;
import static dev.tactus.source.SpotifyPayloads.count;
import static dev.tactus.source.SpotifyPayloads.day;
import static dev.tactus.source.SpotifyPayloads.streams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.Dataset;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.TrackOutcome;
import dev.tactus.source.response.TrackResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {

    private final SourceProfile profile = SourceProfile.load("spotify-for-artists", Path.of("."));
    private final UnknownFieldLog unknown = new UnknownFieldLog("spotify");

    @Test
    void readsEachTrackOfABatchInTheOrderAsked() {
        var responses =
                fetched(Dataset.STREAMS, day(streams(2, count("US", 5), count("DE", 0)), streams(1)), ref(1), ref(2));

        assertThat(responses)
                .containsExactly(
                        new TrackResponse(ref(1), new TrackOutcome.Streams(List.of(), List.of())),
                        new TrackResponse(
                                ref(2),
                                new TrackOutcome.Streams(
                                        List.of(new StreamCount("US", 5), new StreamCount("DE", 0)), List.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "\"12\"", "1e3", "-1", "9223372036854775808", "null", "true", "[1]"})
    void rejectsACountThatIsNotAWholeNumberAndTakesTheOthers(String wrong) {
        var responses = fetched(
                Dataset.STREAMS, day(streams(1, count("US", wrong)), streams(2, count("US", 7))), ref(1), ref(2));

        PayloadRejection why = refusal(responses.get(0));
        assertThat(why.pointer()).isEqualTo("/items/0/territories/0/streams");
        assertThat(why.reason()).isIn("schema", "count");
        assertThat(responses.get(1).outcome())
                .isEqualTo(new TrackOutcome.Streams(List.of(new StreamCount("US", 7)), List.of()));
    }

    @Test
    void takesTheLargestLong() {
        var responses = fetched(Dataset.STREAMS, day(streams(1, count("US", Long.MAX_VALUE))), ref(1));

        assertThat(responses.getFirst().outcome())
                .isEqualTo(new TrackOutcome.Streams(List.of(new StreamCount("US", Long.MAX_VALUE)), List.of()));
    }

    @Test
    void keepsTheWorldApartFromItsCountries() {
        var both = fetched(Dataset.STREAMS, day(streams(1, count("WW", 12), count("US", 5), count("DE", 7))), ref(1));
        assertThat(both.getFirst().outcome())
                .isEqualTo(new TrackOutcome.Streams(
                        List.of(new StreamCount("US", 5), new StreamCount("DE", 7)), List.of()));

        var failing = fetched(
                Dataset.STREAMS,
                day(streams(1, count("worldwide", 12), "{\"territory\":\"DE\",\"error\":\"unavailable\"}")),
                ref(1));
        assertThat(failing.getFirst().outcome()).isEqualTo(new TrackOutcome.Streams(List.of(), List.of("DE")));

        var alone = fetched(Dataset.STREAMS, day(streams(1, count("worldwide", 12), count("WW", 12))), ref(1));
        assertThat(alone.getFirst().outcome())
                .isEqualTo(new TrackOutcome.Streams(List.of(new StreamCount("WW", 12)), List.of()));
    }

    @Test
    void tellsTerritoriesThatFailedFromCounts() {
        var responses = fetched(
                Dataset.STREAMS,
                day(streams(1, count("US", 5), "{\"territory\":\"DE\",\"error\":\"unavailable\"}")),
                ref(1));

        assertThat(responses.getFirst().outcome())
                .isEqualTo(new TrackOutcome.Streams(List.of(new StreamCount("US", 5)), List.of("DE")));
    }

    @Test
    void tellsUnavailableAndPendingFromZero() {
        var responses = fetched(
                Dataset.STREAMS,
                day(SpotifyPayloads.item(1, "unavailable", List.of()), SpotifyPayloads.item(2, "pending", List.of())),
                ref(1),
                ref(2));

        assertThat(responses)
                .extracting(TrackResponse::outcome)
                .containsExactly(new TrackOutcome.Unavailable(), new TrackOutcome.Pending());
    }

    @Test
    void rejectsAStatusNobodyAnnounced() {
        assertThat(refusal(fetched(Dataset.STREAMS, day(SpotifyPayloads.item(1, "partial", List.of())), ref(1))
                                .getFirst())
                        .pointer())
                .isEqualTo("/items/0/status");
    }

    @Test
    void rejectsAnAvailableDayWithoutTerritories() {
        String item = "{\"track_id\":\"id1\",\"isrc\":\"" + SourceFixture.isrc(1) + "\",\"status\":\"available\"}";

        assertThat(refusal(fetched(Dataset.STREAMS, day(item), ref(1)).getFirst()))
                .extracting(PayloadRejection::pointer, PayloadRejection::reason)
                .containsExactly("/items/0/territories", "schema");
    }

    @Test
    void tellsOmittedAndNullTracksAsMissing() {
        assertThat(fetched(
                        Dataset.TRACKS,
                        SpotifyPayloads.tracks("null", SpotifyPayloads.track(2)),
                        ref(1),
                        ref(2),
                        ref(3)))
                .extracting(reading -> reading.outcome().getClass().getSimpleName())
                .containsExactly("Missing", "TrackFound", "Missing");
    }

    @Test
    void rejectsAnotherRecordingUnderTheIdAskedFor() {
        String other = streams(1)
                .replace(SourceFixture.isrc(1).value(), SourceFixture.isrc(9).value());

        assertThat(refusal(fetched(Dataset.STREAMS, day(other), ref(1)).getFirst()))
                .extracting(PayloadRejection::reason, PayloadRejection::pointer)
                .containsExactly("isrc_mismatch", "/items/0/isrc");
    }

    @Test
    void rejectsATrackThatWasNotAskedForInThePlaceOfOneThatWas() {
        var responses = fetched(
                Dataset.TRACKS,
                SpotifyPayloads.tracks(SpotifyPayloads.track(1), SpotifyPayloads.track(9)),
                ref(1),
                ref(2));

        assertThat(responses.get(0).outcome()).isInstanceOf(TrackOutcome.TrackFound.class);
        assertThat(refusal(responses.get(1)))
                .extracting(PayloadRejection::reason, PayloadRejection::pointer)
                .containsExactly("id_mismatch", "/tracks/1/id");
    }

    @Test
    void leavesATrackMissingThatABesideAnsweredOneDoesNotStandFor() {
        var responses =
                fetched(Dataset.STREAMS, day(streams(1), streams(9), streams(2)), ref(1), ref(2), ref(3), ref(4));

        assertThat(responses.get(2).outcome()).isEqualTo(new TrackOutcome.Missing());
        assertThat(responses.get(3).outcome()).isEqualTo(new TrackOutcome.Missing());
    }

    @Test
    void blamesTheRightTrackWhenAnItemLostItsId() {
        String nameless = streams(2).replace("\"track_id\":\"id2\",", "");

        var byIsrc = fetched(Dataset.STREAMS, day(nameless, streams(1)), ref(1), ref(2), ref(3));
        assertThat(byIsrc)
                .extracting(reading -> reading.outcome().getClass().getSimpleName())
                .containsExactly("Streams", "Rejected", "Missing");

        String bare = nameless.replace("\"isrc\":\"" + SourceFixture.isrc(2) + "\",", "");
        var byPlace = fetched(Dataset.STREAMS, day(streams(1), bare, streams(3)), ref(1), ref(2), ref(3));
        assertThat(byPlace)
                .extracting(reading -> reading.outcome().getClass().getSimpleName())
                .containsExactly("Streams", "Rejected", "Streams");

        var anyone = fetched(Dataset.STREAMS, day(bare, streams(1)), ref(1), ref(2), ref(3));
        assertThat(anyone)
                .extracting(reading -> reading.outcome().getClass().getSimpleName())
                .containsExactly("Streams", "Rejected", "Rejected");
    }

    @Test
    void countsATrackThatComesTwiceOnceAndRejectsContradictions() {
        var responses = fetched(
                Dataset.STREAMS,
                day(
                        streams(1, count("US", 5)),
                        streams(1, count("US", 5)),
                        streams(2, count("US", 5)),
                        streams(2, count("US", 6))),
                ref(1),
                ref(2));

        assertThat(responses.get(0).outcome())
                .isEqualTo(new TrackOutcome.Streams(List.of(new StreamCount("US", 5)), List.of()));
        assertThat(refusal(responses.get(1)).reason()).isEqualTo("duplicate");
    }

    @Test
    void rejectsATerritoryThatComesTwiceWithDifferentCounts() {
        var responses = fetched(
                Dataset.STREAMS,
                day(
                        streams(1, count("US", 5), count("US", 5)),
                        streams(2, count("US", 5), count("US", 6)),
                        streams(3, count("US", 5), "{\"territory\":\"US\",\"error\":\"unavailable\"}")),
                ref(1),
                ref(2),
                ref(3));

        assertThat(responses.get(0).outcome())
                .isEqualTo(new TrackOutcome.Streams(List.of(new StreamCount("US", 5)), List.of()));
        assertThat(refusal(responses.get(1)))
                .extracting(PayloadRejection::reason, PayloadRejection::pointer)
                .containsExactly("duplicate", "/items/1/territories/1/streams");
        assertThat(refusal(responses.get(2)).reason()).isEqualTo("duplicate");
    }

    @Test
    void readsListenersWithTheirDemographics() {
        String item = """
                {"track_id":"id1","isrc":"%s","status":"available","territories":[
                {"territory":"US","listeners":45,"demographics":[
                {"age":"18-22","gender":"female","listeners":7},{"age":"18-22","gender":"male","listeners":0}]},
                {"territory":"DE","error":"unavailable"},{"territory":"FR","listeners":3}]}""".formatted(SourceFixture.isrc(1));

        assertThat(fetched(Dataset.LISTENERS, day(item), ref(1)).getFirst().outcome())
                .isEqualTo(new TrackOutcome.Listeners(
                        List.of(new ListenerCount("US", 45), new ListenerCount("FR", 3)),
                        List.of(new Demographic("US", "18-22", "female", 7), new Demographic("US", "18-22", "male", 0)),
                        List.of("DE")));
    }

    @Test
    void refusesThePayloadOfAnotherDay() {
        assertThat(fetch(Dataset.STREAMS, day(streams(1)).replace("11-20", "11-19"), ref(1)))
                .isInstanceOfSatisfying(
                        FetchResult.Rejected.class,
                        rejected -> assertThat(rejected.rejection())
                                .extracting(PayloadRejection::pointer, PayloadRejection::reason)
                                .containsExactly("/date", "wrong_day"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "{\"date\":\"2026-11-20\",\"items\":{}}", "\"text\"", "{\"date\":5,\"items\":[]}"})
    void refusesAPayloadWithoutItsEnvelope(String payload) {
        assertThat(fetch(Dataset.STREAMS, payload, ref(1)))
                .isInstanceOfSatisfying(
                        FetchResult.Rejected.class,
                        rejected -> assertThat(rejected.rejection().reason()).isEqualTo("schema"));
    }

    @Test
    void reportsEachUnknownFieldOnce() {
        String strange = streams(1, "{\"territory\":\"US\",\"streams\":5,\"skips\":2}")
                .replace("{\"track_id\"", "{\"x/y\":{\"a\":1},\"track_id\"");
        String payload = day(strange, strange).replace("{\"date\"", "{\"page\":1,\"date\"");
        fetch(Dataset.STREAMS, payload, ref(1));
        fetch(Dataset.STREAMS, payload, ref(1));

        assertThat(unknown.all())
                .containsExactly(
                        "/v1/streams: /items/*/territories/*/skips",
                        "/v1/streams: /items/*/x~1y",
                        "/v1/streams: /page");
    }

    @Test
    void findsTheTracksOfAnIsrcAndRefusesOtherRecordings() {
        String sibling = SpotifyPayloads.track(1).replace("\"id1\"", "\"id1b\"");

        assertThat(resolve(SpotifyPayloads.search(
                        SpotifyPayloads.track(1), sibling, SpotifyPayloads.track(2), SpotifyPayloads.track(1))))
                .isInstanceOfSatisfying(ResolveResult.Found.class, found -> {
                    assertThat(found.tracks()).extracting(track -> track.id()).containsExactly("id1", "id1b");
                    assertThat(found.tracks().getFirst().artists()).hasSize(2);
                    assertThat(found.tracks().getFirst().durationMs()).isEqualTo(180_001);
                    assertThat(found.rejections())
                            .singleElement()
                            .extracting(PayloadRejection::reason, PayloadRejection::pointer)
                            .containsExactly("isrc_mismatch", "/tracks/items/2/external_ids/isrc");
                });
    }

    @Test
    void tellsNothingFoundFromOnlyWrongFound() {
        assertThat(resolve(SpotifyPayloads.search())).isInstanceOf(ResolveResult.Empty.class);
        assertThat(resolve(SpotifyPayloads.search("null"))).isInstanceOf(ResolveResult.Empty.class);
        assertThat(resolve(SpotifyPayloads.search(SpotifyPayloads.track(2))))
                .isInstanceOf(ResolveResult.Rejected.class);
        assertThat(resolve(SpotifyPayloads.search(
                        SpotifyPayloads.track(1).replace("\"duration_ms\":180001", "\"duration_ms\":\"3:00\""))))
                .isInstanceOfSatisfying(
                        ResolveResult.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .singleElement()
                                .extracting(PayloadRejection::pointer)
                                .isEqualTo("/tracks/items/0/duration_ms"));
    }

    @Test
    void refusesATrackThatASearchTellsInTwoWays() {
        String other = SpotifyPayloads.track(1).replace("Title 1", "Another");

        assertThat(resolve(SpotifyPayloads.search(SpotifyPayloads.track(1), other)))
                .isInstanceOfSatisfying(
                        ResolveResult.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .singleElement()
                                .extracting(PayloadRejection::reason)
                                .isEqualTo("duplicate"));
    }

    @Test
    void readsAnIsrcWrittenWithHyphensInSmallLetters() {
        String written = SpotifyPayloads.track(1).replace(SourceFixture.isrc(1).value(), "us-aaa-26-00001");

        assertThat(resolve(SpotifyPayloads.search(written))).isInstanceOf(ResolveResult.Found.class);
        assertThat(resolve(SpotifyPayloads.search(written.replace("us-aaa-26-00001", "nonsense"))))
                .isInstanceOfSatisfying(
                        ResolveResult.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .singleElement()
                                .extracting(PayloadRejection::reason)
                                .isEqualTo("invalid_isrc"));
    }

    private List<TrackResponse> fetched(Dataset dataset, String payload, RequestedTrack... requested) {
        return ((FetchResult.Fetched) fetch(dataset, payload, requested)).tracks();
    }

    private FetchResult fetch(Dataset dataset, String payload, RequestedTrack... requested) {
        return new ResponseReader(profile.endpoint(dataset), unknown)
                .fetch(List.of(requested), SourceFixture.DAY, StrictJson.parse(payload), exchange(payload));
    }

    private ResolveResult resolve(String payload) {
        return new ResponseReader(profile.resolveEndpoint(), unknown)
                .resolve(SourceFixture.isrc(1), StrictJson.parse(payload), exchange(payload));
    }

    private static RecordedExchange exchange(String payload) {
        return new RecordedExchange(
                "/v1/streams",
                "/v1/streams?ids=id1",
                200,
                SourceFixture.NOW,
                payload.getBytes(StandardCharsets.UTF_8),
                "00");
    }

    private static PayloadRejection refusal(TrackResponse reading) {
        return ((TrackOutcome.Rejected) reading.outcome()).rejection();
    }
}
