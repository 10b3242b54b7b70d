package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Dataset;
import dev.tactus.music.StreamCount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkWriterTest {
    @TempDir
    Path folder;

    private LakeFixture run;

    @BeforeEach
    void open() {
        run = new LakeFixture(folder);
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void anEmptyWriterSealsNothing() {
        assertThat(run.writer().seal()).isEmpty();
        assertThat(run.writer().rows()).isZero();
    }

    @Test
    void countsRowsAndBytesUntilItIsSealed() {
        run.streams(1, DAY, 1, 2, 3).payload("/a", new byte[10_000]);
        assertThat(run.writer().rows()).isEqualTo(4);
        assertThat(run.writer().bytes()).isBetween(10_000L, 15_000L);

        List<StagedFile> sealed = run.seal();

        assertThat(sealed)
                .extracting(StagedFile::table, StagedFile::rows)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(LakeTable.DAILY_STREAMS, 3L),
                        org.assertj.core.groups.Tuple.tuple(LakeTable.PAYLOADS, 1L));
        assertThat(sealed)
                .allMatch(f -> f.bytes() == folder.resolve(f.path()).toFile().length());
        assertThat(run.writer().rows()).isZero();
        assertThat(run.writer().bytes()).isZero();
    }

    @Test
    void manyThreadsAppendWhileOneSeals() throws Exception {
        List<StagedFile> files = new ArrayList<>();
        List<FetchedItem> items = new ArrayList<>();
        ChunkWriter writer = run.writer();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int recording = i;
                items.add(new FetchedItem(Dataset.STREAMS, LakeFixture.isrc(i), DAY, 2));
                all.add(threads.submit(() -> writer.streams(
                        LakeFixture.isrc(recording),
                        "t",
                        List.of(new StreamCount("US", recording), new StreamCount("DE", 1)),
                        LakeFixture.from(DAY))));
                if (i % 50 == 49) {
                    files.addAll(writer.seal());
                }
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        files.addAll(writer.seal());
        run.publish(new Publication("p1", "run-1", "spotify", files, items, Map.of(), List.of(), List.of()));

        assertThat(run.ask("SELECT count(*), sum(stream_count)::BIGINT FROM daily_streams"))
                .containsExactly("400|" + (199 * 200 / 2 + 200));
    }
}
