package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A day larger than DuckDB's memory, published and half replaced; the full size is [LakeStress]'s.
class LargeDayTest {
    private static final int RECORDINGS = 3000;
    private static final int TERRITORIES = 100;

    @TempDir
    Path folder;

    @Test
    void aDayLargerThanTheMemoryIsPublishedAndReplaced() {
        try (LakeFixture run = new LakeFixture(folder, new LakeSettings(96, 2, 512 << 10))) {
            stage(run, 0, 1);
            run.publish("p1");
            stage(run, RECORDINGS / 2, 2);
            run.publish("p2");

            assertThat(run.ask("SELECT stream_count, count(*) FROM daily_streams GROUP BY ALL ORDER BY ALL"))
                    .containsExactly("1|150000", "2|150000");
            assertThat(run.ask("SELECT count(DISTINCT request), sum(octet_length(body))::BIGINT FROM payloads"))
                    .containsExactly("45|" + 45L * (1 << 20));
            assertThat(run.summary(LakeTable.DAILY_STREAMS).files())
                    .as("files are bounded, and far fewer than chunks")
                    .isBetween(1L, 6L);
            assertThat(folder.resolve("tmp")).isEmptyDirectory();
        }
    }

    private static void stage(LakeFixture run, int from, long count) {
        long[] counts = new long[TERRITORIES];
        java.util.Arrays.fill(counts, count);
        for (int recording = from; recording < RECORDINGS; recording++) {
            run.streams(recording, DAY, counts);
            if (recording % 100 == 0) {
                byte[] body = ("x" + recording).repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
                run.payload("/" + count + "/" + recording, java.util.Arrays.copyOf(body, 1 << 20));
            }
            if (run.writer().bytes() > 8 << 20) {
                run.seal();
            }
        }
    }
}
