package dev.tactus.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.music.Dataset;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any sequence of publications and maintenance leaves what a map from recording and day to counts would hold.
class PublicationPropertyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theLakeHoldsWhatAMapWouldHold(long seed) {
        Random random = new Random(seed);
        Map<String, Long> expected = new TreeMap<>();
        // files of a few kilobytes, so that days have several and maintenance has choices
        try (LakeFixture run = new LakeFixture(folder, new LakeSettings(96, 2, 4096))) {
            for (int step = 0; step < 8; step++) {
                publish(run, random, expected, step);
                if (random.nextInt(3) == 0) {
                    run.lake.maintain(new MaintenanceSettings(
                            1 + random.nextInt(3),
                            Instant.parse("2100-01-01T00:00:00Z"),
                            Set.of(),
                            Instant.parse("2100-01-01T00:00:00Z")));
                }
                assertThat(run.ask(
                                "SELECT isrc || day || territory || '=' || stream_count FROM daily_streams ORDER BY 1"))
                        .as("seed %d step %d", seed, step)
                        .containsExactlyElementsOf(expected.entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .toList());
            }
        }
    }

    private static void publish(LakeFixture run, Random random, Map<String, Long> expected, int step) {
        for (int day = 0; day < 2; day++) {
            LocalDate date = LakeFixture.DAY.plusDays(day);
            for (int recording = 0; recording < 12; recording++) {
                if (random.nextBoolean()) {
                    continue;
                }
                String key = LakeFixture.isrc(recording).value() + date;
                expected.keySet().removeIf(k -> k.startsWith(key));
                long[] counts = random.longs(random.nextInt(4), 0, 1000).toArray();
                if (counts.length == 0) {
                    run.item(Dataset.STREAMS, recording, date, 0);
                } else {
                    run.streams(recording, date, counts);
                }
                for (int t = 0; t < counts.length; t++) {
                    expected.put(key + "T" + t, counts[t]);
                }
                if (random.nextInt(5) == 0) {
                    run.seal();
                }
            }
        }
        run.publish("p" + step);
    }
}
