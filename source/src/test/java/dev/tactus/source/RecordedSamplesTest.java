package dev.tactus.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.http.HttpOutcome;
import dev.tactus.limits.Feedback;
import dev.tactus.music.Dataset;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.SourceEndpoint;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.TrackOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Answers recorded from the real services keep the contracts shipped here.
class RecordedSamplesTest {

    private final SourceProfile spotify = SourceProfile.load("spotify-for-artists", Path.of("."));
    private final SourceProfile deezer = SourceProfile.load("deezer", Path.of("."));
    private final UnknownFieldLog unknown = new UnknownFieldLog("real");

    @Test
    void aRealSearchKeepsItsContract() throws IOException {
        JsonNode payload = StrictJson.parse(RecordedSamples.read("spotify/thelinmichael__SearchTracksRequest.json"));
        Isrc first = new Isrc(payload.at("/tracks/items/0/external_ids/isrc").asString());

        assertThat(reader(spotify.resolveEndpoint()).resolve(first, payload, exchange()))
                .isInstanceOfSatisfying(
                        ResolveResult.Found.class,
                        found -> assertThat(found.rejections())
                                .extracting(PayloadRejection::reason)
                                .containsOnly("isrc_mismatch"));
        assertThat(unknown.all()).isEmpty();
    }

    @Test
    void realTracksKeepTheirContract() throws IOException {
        for (String sample : List.of(
                "spotify/thelinmichael__GetSeveralTracksRequest.json",
                "spotify/harmony__v1__tracks_ids-2plbrEY59IikOBgBGLjaoe.json")) {
            JsonNode payload = StrictJson.parse(RecordedSamples.read(sample));
            List<RequestedTrack> requested = new ArrayList<>();
            for (JsonNode track : payload.path("tracks")) {
                requested.add(new RequestedTrack(
                        track.path("id").asString(),
                        new Isrc(track.at("/external_ids/isrc").asString())));
            }
            FetchResult result =
                    reader(spotify.endpoint(Dataset.TRACKS)).fetch(requested, SourceFixture.DAY, payload, exchange());

            assertThat(((FetchResult.Fetched) result).tracks())
                    .hasSizeGreaterThanOrEqualTo(1)
                    .allSatisfy(reading -> assertThat(reading.outcome()).isInstanceOf(TrackOutcome.TrackFound.class));
        }
        assertThat(unknown.all()).isEmpty();
    }

    @Test
    void oneRecordingLastsAsLongAtTwoServicesWithinTheirPrecision() throws IOException {
        Isrc isrc = new Isrc("USUM72409273");
        Track there = track(
                deezer.endpoint(Dataset.TRACKS), RequestedTrack.byIsrc(isrc), "deezer/harmony__track__2947516331.json");
        Track here = track(
                spotify.endpoint(Dataset.TRACKS),
                new RequestedTrack("2plbrEY59IikOBgBGLjaoe", isrc),
                "spotify/harmony__v1__tracks_ids-2plbrEY59IikOBgBGLjaoe.json");

        assertThat(there.id()).isEqualTo("2947516331");
        assertThat(there.durationMs()).isEqualTo(250_000);
        assertThat(here.durationMs()).isEqualTo(251_667);
        assertThat(there.artists()).extracting(artist -> artist.name()).containsExactly("Lady Gaga", "Bruno Mars");
        assertThat(Duration.ofMillis(Math.abs(there.durationMs() - here.durationMs())))
                .isLessThanOrEqualTo(Duration.ofSeconds(2).plus(deezer.precision()));
        assertThat(unknown.all()).isEmpty();
    }

    @Test
    void aRealQuotaErrorIsARefusalWhateverItsStatus() throws IOException {
        byte[] body = RecordedSamples.read("spotify/doc__429_quota_exceeded.json");
        for (int status : new int[] {429, 403, 200}) {
            ResponseClassifier.Classification classification = new ResponseClassifier(spotify.errors())
                    .classify(
                            new HttpOutcome.Response(status, Map.of(), body, false),
                            SourceFixture.NOW,
                            StrictJson::parse,
                            payload -> false);

            assertThat(classification.kind()).isEqualTo(new ResponseKind.Throttled());
            assertThat(classification.feedback())
                    .extracting(Feedback::throttled)
                    .isEqualTo(true);
        }
    }

    private Track track(SourceEndpoint endpoint, RequestedTrack requested, String sample) throws IOException {
        FetchResult result = reader(endpoint)
                .fetch(
                        List.of(requested),
                        SourceFixture.DAY,
                        StrictJson.parse(RecordedSamples.read(sample)),
                        exchange());
        return ((TrackOutcome.TrackFound)
                        ((FetchResult.Fetched) result).tracks().getFirst().outcome())
                .track();
    }

    private ResponseReader reader(SourceEndpoint endpoint) {
        return new ResponseReader(endpoint, unknown);
    }

    private static RecordedExchange exchange() {
        return new RecordedExchange("/v1/tracks", "/v1/tracks?ids=x", 200, SourceFixture.NOW, new byte[0], "00");
    }
}
