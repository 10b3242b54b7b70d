package dev.tactus.ledger.items;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.isrc;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.music.Dataset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitedTerritoriesTest extends StoreTest {
    private String run = "";

    @BeforeEach
    void plan() {
        Samples.catalog(ledger, 3);
        run = Samples.run(ledger).id();
        ledger.items().plan(run, Dataset.STREAMS, DAY);
        ledger.items()
                .record(
                        run,
                        List.of(
                                ItemOutcome.awaitingReport(isrc(0), Dataset.STREAMS, DAY, 5, "territory_failed"),
                                ItemOutcome.awaitingReport(isrc(1), Dataset.STREAMS, DAY, 0, "unavailable"),
                                ItemOutcome.landed(isrc(2), Dataset.STREAMS, DAY, 1)));
        ledger.awaited().note(run, List.of(item(0, "DE", "FR"), item(1)));
    }

    @Test
    void knowsWhichTerritoriesAreMissing() {
        assertThat(territories()).containsExactly("0 DE", "0 FR", "1 *");
        assertThat(ledger.awaited().runs()).containsExactly(run);
        assertThat(ledger.awaited().of(Samples.SOURCE, DAY, DAY)).hasSize(3);
        assertThat(ledger.awaited().of(Samples.SOURCE, DAY.plusDays(1), DAY.plusDays(1)))
                .isEmpty();
        assertThat(ledger.awaited().of("deezer", DAY, DAY)).isEmpty();
    }

    @Test
    void movesItemsThereAndBackAndTheSumStays() {
        assertThat(ledger.awaited().move(run, List.of(item(0), item(1), item(2)), true))
                .as("what has landed stays landed")
                .isEqualTo(2);
        ItemCounts counts = ledger.items().counts(run);
        assertThat(counts.of(ItemState.FELL_BACK)).isEqualTo(2);
        assertThat(counts.of(ItemState.LANDED)).isEqualTo(1);
        assertThat(counts.addsUp()).isTrue();
        assertThat(ledger.awaited().ofRun(run)).allMatch(AwaitedTerritory::covered);

        assertThat(ledger.awaited().move(run, List.of(item(0)), false)).isEqualTo(1);
        assertThat(ledger.awaited().move(run, List.of(item(0)), false)).isZero();
        assertThat(ledger.items().counts(run).of(ItemState.AWAITING_REPORT)).isEqualTo(1);
        assertThat(ledger.items().counts(run).addsUp()).isTrue();
    }

    @Test
    void forgetsTerritoriesOfAnEarlierAnswer() {
        ledger.awaited().note(run, List.of(item(0, "FR")));
        assertThat(territories()).containsExactly("0 FR", "1 *");
        ledger.items().record(run, List.of(ItemOutcome.landed(isrc(0), Dataset.STREAMS, DAY, 5)));
        assertThat(territories()).containsExactly("1 *");
    }

    @Test
    void manyAreReadPageByPageEachOnce() {
        int many = 6_000;
        Samples.catalog(ledger, many);
        String second = Samples.run(ledger).id();
        for (Dataset dataset : List.of(Dataset.STREAMS, Dataset.LISTENERS)) {
            ledger.items().plan(second, dataset, DAY);
            List<AwaitedItem> items = IntStream.range(0, many)
                    .mapToObj(i -> new AwaitedItem(isrc(i), dataset, DAY, List.of("DE", "FR")))
                    .toList();
            ledger.items()
                    .record(
                            second,
                            items.stream()
                                    .map(item -> ItemOutcome.awaitingReport(item.isrc(), dataset, DAY, 0, "failed"))
                                    .toList());
            ledger.awaited().note(second, items);
        }

        assertThat(ledger.awaited().ofRun(second).distinct()).hasSize(4 * many);
        assertThat(ledger.awaited().ofRun(second)).hasSize(4 * many);
        assertThat(ledger.awaited().of(Samples.SOURCE, DAY, DAY)).hasSize(4 * many + 3);
    }

    private List<String> territories() {
        return ledger.awaited()
                .ofRun(run)
                .map(one -> Integer.parseInt(one.isrc().value().substring(5)) + " " + one.territory())
                .toList();
    }

    private static AwaitedItem item(int recording, String... territories) {
        return new AwaitedItem(isrc(recording), Dataset.STREAMS, DAY, List.of(territories));
    }
}
