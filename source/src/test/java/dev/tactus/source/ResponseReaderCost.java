package dev.tactus.source;

import dev.tactus.music.Dataset;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Measures the CPU time of parsing, validating and reading the listeners of fifty tracks: run `main` from the test
/// class path.
final class ResponseReaderCost {

    private static final int ROUNDS = 400;

    private ResponseReaderCost() {}

    public static void main(String[] args) {
        List<RequestedTrack> requested = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            requested.add(SourceFixture.ref(i));
        }
        byte[] body = body(requested).getBytes(StandardCharsets.UTF_8);
        SourceProfile profile = SourceProfile.load("spotify-for-artists", Path.of("."));
        ResponseReader reader = new ResponseReader(profile.endpoint(Dataset.LISTENERS), new UnknownFieldLog("spotify"));
        RecordedExchange exchange =
                new RecordedExchange("/v1/listeners", "/v1/listeners", 200, SourceFixture.NOW, body, "00");
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] millis = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            FetchResult result = reader.fetch(requested, SourceFixture.DAY, StrictJson.parse(body), exchange);
            millis[round] = (threads.getCurrentThreadCpuTime() - start) / 1e6;
            if (!(result instanceof FetchResult.Fetched)) {
                throw new IllegalStateException("refused: " + result);
            }
        }
        double[] warm = Arrays.copyOfRange(millis, ROUNDS / 2, ROUNDS);
        Arrays.sort(warm);
        System.out.printf(
                "%d bytes: first %.1f ms, warm median %.1f ms, 99th percentile %.1f ms%n",
                body.length, millis[0], warm[warm.length / 2], warm[warm.length * 99 / 100]);
    }

    private static String body(List<RequestedTrack> requested) {
        Random random = new Random(1);
        String[] items = new String[requested.size()];
        for (int i = 0; i < items.length; i++) {
            List<String> territories = new ArrayList<>();
            for (char letter = 'A'; letter < 'S'; letter++) {
                List<String> people = new ArrayList<>();
                for (String age : new String[] {"0-17", "18-22", "23-27", "28-34"}) {
                    people.add(
                            "{\"age\":\"" + age + "\",\"gender\":\"female\",\"listeners\":" + random.nextInt(99) + "}");
                }
                territories.add("{\"territory\":\"" + letter + "X\",\"listeners\":" + random.nextInt(9_999)
                        + ",\"demographics\":[" + String.join(",", people) + "]}");
            }
            items[i] = SpotifyPayloads.item(i, "available", territories);
        }
        return SpotifyPayloads.day(items);
    }
}
