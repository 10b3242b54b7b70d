package dev.tactus.ledger.items;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.isrc;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The open items of some recordings, over all slices of a run, are those that each item's own state says.
class OpenItemsPropertyTest extends StoreTest {
    private static final int RECORDINGS = 40;

    @Test
    void areThoseThatAreNotOverWhateverRecordingsAreAskedFor() {
        long seed = 7;
        Random random = new Random(seed);
        Samples.catalog(ledger, RECORDINGS);
        String run = Samples.run(ledger).id();
        List<OpenItem> slices = new ArrayList<>();
        for (int day = 0; day < 5; day++) {
            for (Dataset dataset : List.of(Dataset.STREAMS, Dataset.LISTENERS)) {
                OpenItem slice = new OpenItem(dataset, DAY.plusDays(day));
                slices.add(slice);
                ledger.items().plan(run, slice.dataset(), slice.day());
                ledger.items().record(run, outcomes(slice.dataset(), slice.day(), random));
            }
        }

        for (int i = 0; i < 30; i++) {
            List<Isrc> asked = new ArrayList<>(
                    IntStream.range(0, RECORDINGS + 3).mapToObj(Samples::isrc).toList());
            Collections.shuffle(asked, random);
            asked = asked.subList(0, 1 + random.nextInt(12));

            Map<Isrc, List<OpenItem>> open = ledger.items().open(run, asked);

            assertThat(open).as("seed %d", seed).isEqualTo(expected(run, slices, asked));
            assertThat(open.keySet())
                    .containsExactlyElementsOf(expected(run, slices, asked).keySet());
        }
        assertThat(ledger.items().open(run, List.of())).isEmpty();
        assertThat(ledger.items().open("no such run", List.of(isrc(1)))).isEmpty();
    }

    private List<ItemOutcome> outcomes(Dataset dataset, LocalDate day, Random random) {
        List<ItemOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < RECORDINGS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> outcomes.add(ItemOutcome.landed(isrc(i), dataset, day, 1));
                case 1 -> outcomes.add(ItemOutcome.notFound(isrc(i), dataset, day, "search_empty"));
                case 2 ->
                    outcomes.add(ItemOutcome.parked(
                            isrc(i), dataset, day, clock.instant().plusSeconds(60), "pending"));
                default -> {}
            }
        }
        return outcomes;
    }

    private Map<Isrc, List<OpenItem>> expected(String run, List<OpenItem> slices, List<Isrc> asked) {
        Map<Isrc, List<OpenItem>> expected = new LinkedHashMap<>();
        for (Isrc isrc : asked) {
            List<OpenItem> open = slices.stream()
                    .filter(slice -> ledger.items().state(run, isrc, slice.dataset(), slice.day()).stream()
                            .anyMatch(state -> state == ItemState.PLANNED || state == ItemState.PARKED))
                    .toList();
            if (!open.isEmpty()) {
                expected.put(isrc, open);
            }
        }
        return expected;
    }
}
