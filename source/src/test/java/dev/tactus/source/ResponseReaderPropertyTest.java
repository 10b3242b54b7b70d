package dev.tactus.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.Dataset;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.SourceEndpoint;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.TrackOutcome;
import dev.tactus.source.response.TrackResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Whatever comes back, each track requested for has one reading, and items that are whole are taken as they
/// are.
class ResponseReaderPropertyTest {

    private final SourceProfile profile = SourceProfile.load("spotify-for-artists", Path.of("."));
    private final UnknownFieldLog unknown = new UnknownFieldLog("spotify");

    @Test
    void takesTheWholeItemsOfAnyMixture() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<RequestedTrack> requested = tracks(random);
            List<String> items = new ArrayList<>();
            Set<RequestedTrack> whole = new HashSet<>();
            for (RequestedTrack track : requested) {
                int number = Integer.parseInt(track.id().substring(2));
                String item = SpotifyPayloads.streams(number, SpotifyPayloads.count("US", random.nextInt(1000)));
                switch (random.nextInt(4)) {
                    case 0 -> items.add(spoilt(item, random));
                    case 1 -> {
                        // left out
                    }
                    default -> {
                        items.add(item);
                        whole.add(track);
                    }
                }
            }
            Collections.shuffle(items, random);

            List<TrackResponse> responses = fetched(requested, SpotifyPayloads.day(items.toArray(String[]::new)));

            assertThat(responses)
                    .as("seed %d", seed)
                    .extracting(TrackResponse::requested)
                    .isEqualTo(requested);
            for (TrackResponse reading : responses) {
                if (whole.contains(reading.requested())) {
                    assertThat(reading.outcome())
                            .as("seed %d: %s", seed, reading.requested())
                            .isInstanceOf(TrackOutcome.Streams.class);
                } else {
                    assertThat(reading.outcome())
                            .as("seed %d: %s", seed, reading.requested())
                            .isInstanceOfAny(TrackOutcome.Rejected.class, TrackOutcome.Missing.class);
                }
            }
        }
    }

    @Test
    void survivesBytesThatWereSpoiltAnywhere() {
        String[] whole = {
            SpotifyPayloads.day(
                    SpotifyPayloads.streams(0, SpotifyPayloads.count("US", 5)),
                    SpotifyPayloads.item(1, "pending", List.of())),
            SpotifyPayloads.tracks(SpotifyPayloads.track(0), "null", SpotifyPayloads.track(2)),
        };
        for (int seed = 0; seed < 4_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = whole[seed % 2].getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i <= random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0-.eAn\u0000".charAt(random.nextInt(14));
            }
            JsonNode payload;
            try {
                payload = StrictJson.parse(bytes);
            } catch (JacksonException e) {
                continue;
            }
            SourceEndpoint endpoint = profile.endpoint(seed % 2 == 0 ? Dataset.STREAMS : Dataset.TRACKS);
            List<RequestedTrack> requested = List.of(SourceFixture.ref(0), SourceFixture.ref(1), SourceFixture.ref(2));
            switch (new ResponseReader(endpoint, unknown).fetch(requested, SourceFixture.DAY, payload, exchange())) {
                case FetchResult.Fetched fetched ->
                    assertThat(fetched.tracks())
                            .extracting(TrackResponse::requested)
                            .isEqualTo(requested);
                case FetchResult.Rejected rejected ->
                    assertThat(rejected.rejection().reason()).isNotBlank();
                case FetchResult.Parked parked -> throw new AssertionError("seed " + seed + ": " + parked);
            }
        }
    }

    private static List<RequestedTrack> tracks(Random random) {
        List<RequestedTrack> requested = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(10); i++) {
            requested.add(SourceFixture.ref(i));
        }
        return requested;
    }

    /// The item made wrong without losing its id or ISRC.
    private static String spoilt(String item, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> item.replace("\"available\"", "\"maybe\"");
            case 1 -> item.replace("\"streams\":", "\"plays\":");
            case 2 -> item.replaceAll("\"streams\":[0-9]+", "\"streams\":0.5");
            case 3 -> item.replace("\"territories\":[", "\"territories\":[7,");
            default -> item.replace("\"US\"", "\"Mars\"");
        };
    }

    private List<TrackResponse> fetched(List<RequestedTrack> requested, String payload) {
        FetchResult result = new ResponseReader(profile.endpoint(Dataset.STREAMS), unknown)
                .fetch(requested, SourceFixture.DAY, StrictJson.parse(payload), exchange());
        return ((FetchResult.Fetched) result).tracks();
    }

    private static RecordedExchange exchange() {
        return new RecordedExchange("/v1/streams", "/v1/streams", 200, SourceFixture.NOW, new byte[0], "00");
    }
}
