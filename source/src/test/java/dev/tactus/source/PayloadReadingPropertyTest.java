package dev.tactus.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.Dataset;
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

/// Whatever comes back, each track asked for has one reading, and items that are whole are taken as they
/// are.
class PayloadReadingPropertyTest {

    private final SourceProfile profile = SourceProfile.load("spotify-for-artists", Path.of("."));
    private final UnknownFields unknown = new UnknownFields("spotify");

    @Test
    void takesTheWholeItemsOfAnyMixture() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<TrackRef> asked = asked(random);
            List<String> items = new ArrayList<>();
            Set<TrackRef> whole = new HashSet<>();
            for (TrackRef track : asked) {
                int number = Integer.parseInt(track.id().substring(2));
                String item = Answers.streams(number, Answers.count("US", random.nextInt(1000)));
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

            List<TrackReading> readings = fetched(asked, Answers.day(items.toArray(String[]::new)));

            assertThat(readings)
                    .as("seed %d", seed)
                    .extracting(TrackReading::asked)
                    .isEqualTo(asked);
            for (TrackReading reading : readings) {
                if (whole.contains(reading.asked())) {
                    assertThat(reading.reading())
                            .as("seed %d: %s", seed, reading.asked())
                            .isInstanceOf(Reading.Streams.class);
                } else {
                    assertThat(reading.reading())
                            .as("seed %d: %s", seed, reading.asked())
                            .isInstanceOfAny(Reading.Rejected.class, Reading.Missing.class);
                }
            }
        }
    }

    @Test
    void survivesBytesThatWereSpoiltAnywhere() {
        String[] whole = {
            Answers.day(Answers.streams(0, Answers.count("US", 5)), Answers.item(1, "pending", List.of())),
            Answers.tracks(Answers.track(0), "null", Answers.track(2)),
        };
        for (int seed = 0; seed < 4_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = whole[seed % 2].getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i <= random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0-.eAn\u0000".charAt(random.nextInt(14));
            }
            JsonNode payload;
            try {
                payload = Json.parse(bytes);
            } catch (JacksonException e) {
                continue;
            }
            Endpoint endpoint = profile.endpoint(seed % 2 == 0 ? Dataset.STREAMS : Dataset.TRACKS);
            List<TrackRef> asked = List.of(Setup.ref(0), Setup.ref(1), Setup.ref(2));
            switch (new AnswerReader(endpoint, unknown).fetch(asked, Setup.DAY, payload, exchange())) {
                case FetchResult.Fetched fetched ->
                    assertThat(fetched.readings())
                            .extracting(TrackReading::asked)
                            .isEqualTo(asked);
                case FetchResult.Refused refused ->
                    assertThat(refused.why().reason()).isNotBlank();
                case FetchResult.Parked parked -> throw new AssertionError("seed " + seed + ": " + parked);
            }
        }
    }

    private static List<TrackRef> asked(Random random) {
        List<TrackRef> asked = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(10); i++) {
            asked.add(Setup.ref(i));
        }
        return asked;
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

    private List<TrackReading> fetched(List<TrackRef> asked, String payload) {
        FetchResult result = new AnswerReader(profile.endpoint(Dataset.STREAMS), unknown)
                .fetch(asked, Setup.DAY, Json.parse(payload), exchange());
        return ((FetchResult.Fetched) result).readings();
    }

    private static Exchange exchange() {
        return new Exchange("/v1/streams", "/v1/streams", 200, Setup.NOW, new byte[0], "00");
    }
}
