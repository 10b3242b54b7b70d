package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static dev.tactus.lake.LakeFixture.NEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.publication.Mismatch;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Dataset;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationAuditTest {
    @TempDir
    Path folder;

    private LakeFixture run;

    @BeforeEach
    void open() {
        run = new LakeFixture(folder);
        run.streams(9, DAY, 90).publish("before");
    }

    @AfterEach
    void close() {
        assertThat(run.ask("SELECT isrc, stream_count FROM daily_streams"))
                .as("nothing of a publication that does not add up is visible")
                .containsExactly("USABC2500009|90");
        run.close();
    }

    private List<String> mismatches() {
        try (PreparedPublication prepared = run.lake.prepare(run.publication("p1"))) {
            assertThatThrownBy(() -> prepared.commit(CommitListener.none()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("p1");
            return prepared.mismatches().stream().map(Mismatch::describe).toList();
        }
    }

    private void stagedWithoutAnItem(int recording) {
        run.writer()
                .streams(LakeFixture.isrc(recording), "t", List.of(new StreamCount("US", 1)), LakeFixture.from(DAY));
    }

    @Test
    void rowsThatWereNotedAndNotStagedAreNamed() {
        run.streams(1, DAY, 10).item(Dataset.STREAMS, 2, DAY, 3);

        assertThat(mismatches()).containsExactly("streams of USABC2500002 on 2026-11-21: 3 rows noted, 0 staged");
    }

    @Test
    void rowsThatNoItemExplainsAreNamed() {
        stagedWithoutAnItem(1);

        assertThat(mismatches()).containsExactly("streams of USABC2500001 on 2026-11-21: 0 rows noted, 1 staged");
    }

    @Test
    void anItemNotedTwiceIsNamed() {
        run.streams(1, DAY, 10).item(Dataset.STREAMS, 1, DAY, 0);

        assertThat(mismatches()).containsExactly("streams of USABC2500001 on 2026-11-21 stands 2 times in the account");
    }

    @Test
    void aKeyStagedTwiceIsNamed() {
        run.streams(1, DAY, 10);
        run.seal();
        stagedTwice();

        assertThat(mismatches())
                .containsExactly(
                        "streams of USABC2500001 on 2026-11-21: 1 rows noted, 2 staged",
                        "daily_streams: the key spotify, USABC2500001, t1, T0, 2026-11-21 stands 2 times");
    }

    private void stagedTwice() {
        run.writer().streams(LakeFixture.isrc(1), "t1", List.of(new StreamCount("T0", 10)), LakeFixture.from(DAY));
    }

    @Test
    void rowsOfAnotherSourceAreNamed() {
        run.streams(1, DAY, 10);
        Publication publication = run.publication("p1");
        try (PreparedPublication prepared = run.lake.prepare(new Publication(
                publication.id(),
                publication.runId(),
                "tidal",
                publication.files(),
                publication.items(),
                publication.properties(),
                List.of(),
                List.of()))) {
            assertThat(prepared.mismatches())
                    .containsExactly(new Mismatch.TableRows(LakeTable.DAILY_STREAMS, "rows of the source tidal", 1, 0));
        }
    }

    @Test
    void listenersAddUpOverBothTheirTables() {
        run.listeners(1, DAY, List.of(new ListenerCount("US", 1)), List.of()).item(Dataset.LISTENERS, 2, NEXT, 1);

        assertThat(mismatches()).containsExactly("listeners of USABC2500002 on 2026-11-22: 1 rows noted, 0 staged");
    }

    @Test
    void aHundredDifferencesAreListedAtMost() {
        for (int recording = 1; recording <= 150; recording++) {
            run.item(Dataset.STREAMS, recording, DAY, 1);
        }

        assertThat(mismatches()).hasSize(100);
    }
}
