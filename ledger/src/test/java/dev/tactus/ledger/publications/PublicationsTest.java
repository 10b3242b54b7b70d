package dev.tactus.ledger.publications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicationsTest extends StoreTest {
    private static final ChunkFile ONE =
            new ChunkFile("tracks", "staging/r/1.parquet", 10, 2_000, Optional.of("ab".repeat(32)));
    private static final ChunkFile TWO =
            new ChunkFile("daily_streams", "staging/r/2.parquet", 20, 3_000, Optional.empty());

    @Test
    void goesOnWithAPublicationThatWasNotCompleted() {
        String run = Samples.run(ledger).id();
        PublicationRecord begun = ledger.publications().begin(run);
        assertThat(begun.id()).startsWith(run + "/1-");
        ledger.publications().committed(begun.id(), "tracks", 77, 10);

        PublicationRecord again = ledger.publications().begin(run);
        assertThat(again.id()).isEqualTo(begun.id());
        assertThat(again.tables()).containsExactly(new PublishedTable("tracks", 77, 10, clock.instant()));

        ledger.publications().complete(begun.id());
        assertThat(ledger.publications().begin(run).id()).startsWith(run + "/2-");
    }

    @Test
    void keepsTheProofOfWhatLanded() {
        String run = Samples.run(ledger).id();
        String id = ledger.publications().begin(run).id();
        ledger.publications().committed(id, "tracks", Long.MIN_VALUE, 10);
        ledger.publications().committed(id, "tracks", Long.MIN_VALUE, 10);
        clock.advance(Duration.ofSeconds(1));
        ledger.publications().committed(id, "daily_streams", 5, 0);
        ledger.publications().complete(id);

        PublicationRecord kept = ledger.publications().find(id).orElseThrow();
        assertThat(kept.runId()).isEqualTo(run);
        assertThat(kept.completedAt()).contains(clock.instant());
        assertThat(kept.tables()).extracting(PublishedTable::table).containsExactly("tracks", "daily_streams");
        assertThat(ledger.publications().list(run)).containsExactly(kept);
        assertThat(ledger.publications().list()).containsExactly(kept);
    }

    @Test
    void refusesASecondSnapshotOfATable() {
        String id = ledger.publications().begin(Samples.run(ledger).id()).id();
        ledger.publications().committed(id, "tracks", 1, 10);
        assertThatThrownBy(() -> ledger.publications().committed(id, "tracks", 2, 10))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> ledger.publications().committed("nothing/1", "tracks", 2, 10))
                .hasMessageContaining("no publication nothing/1");
    }

    @Test
    void keepsStagedFilesUntilTheyArePublished() {
        String run = Samples.run(ledger).id();
        String other = Samples.run(ledger).id();
        ledger.chunks().note(run, List.of(TWO, ONE));
        ChunkFile foreign = new ChunkFile("tracks", "staging/o/1.parquet", 1, 1, Optional.empty());
        ledger.chunks().note(other, List.of(foreign));

        assertThat(ledger.chunks().unpublished(run)).containsExactly(TWO, ONE);
        assertThat(ledger.chunks().unpublished()).containsExactlyInAnyOrder(TWO, ONE, foreign);

        ledger.chunks().markPublished(run, ledger.publications().begin(run).id());
        assertThat(ledger.chunks().unpublished(run)).isEmpty();
        assertThat(ledger.chunks().unpublished()).containsExactly(foreign);

        ledger.chunks().forget(other);
        assertThat(ledger.chunks().unpublished()).isEmpty();
    }

    @Test
    void refusesAFileNotedTwice() {
        String run = Samples.run(ledger).id();
        ledger.chunks().note(run, List.of(ONE));
        assertThatThrownBy(() -> ledger.chunks().note(run, List.of(TWO, ONE))).hasMessageMatching("(?s).*chunk.path.*");
        assertThat(ledger.chunks().unpublished(run)).containsExactly(ONE);
    }
}
