package dev.tactus.ledger;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.isrc;
import static dev.tactus.ledger.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.items.OpenItem;
import dev.tactus.music.Dataset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemLookupTest extends StoreTest {
    @Test
    void tellsWhatIsStillOpenForEachRecordingAndWhatBecameOfAnItem() {
        catalog(ledger, 3);
        String run = run(ledger).id();
        ledger.items().plan(run, Dataset.TRACKS, DAY);
        ledger.items().plan(run, Dataset.STREAMS, DAY);
        ledger.items()
                .record(
                        run,
                        List.of(
                                ItemOutcome.landed(isrc(0), Dataset.TRACKS, DAY, 1),
                                ItemOutcome.landed(isrc(1), Dataset.TRACKS, DAY, 1),
                                ItemOutcome.landed(isrc(1), Dataset.STREAMS, DAY, 1),
                                ItemOutcome.parked(
                                        isrc(2),
                                        Dataset.TRACKS,
                                        DAY,
                                        Instant.parse("2026-11-30T00:00:00Z"),
                                        "penalty")));

        assertThat(ledger.items().open(run, List.of(isrc(0), isrc(1), isrc(2))))
                .containsOnlyKeys(isrc(0), isrc(2))
                .containsEntry(isrc(0), List.of(new OpenItem(Dataset.STREAMS, DAY)))
                .containsEntry(isrc(2), List.of(new OpenItem(Dataset.TRACKS, DAY), new OpenItem(Dataset.STREAMS, DAY)));
        assertThat(ledger.items().state(run, isrc(1), Dataset.STREAMS, DAY)).contains(ItemState.LANDED);
        assertThat(ledger.items().state(run, isrc(2), Dataset.TRACKS, DAY)).contains(ItemState.PARKED);
        assertThat(ledger.items().state(run, isrc(1), Dataset.LISTENERS, DAY)).isEmpty();
    }
}
