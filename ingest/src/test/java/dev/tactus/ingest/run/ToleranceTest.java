package dev.tactus.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToleranceTest {
    @Test
    void toleratesAShareOfThePlanAndNotOneItemMore() {
        Tolerance tolerance = Tolerance.defaults();

        assertThat(tolerance.judge(counts(10_000, ItemState.DEAD_LETTERED, 10)).complete())
                .isTrue();
        assertThat(tolerance.judge(counts(10_000, ItemState.DEAD_LETTERED, 11)).reasons())
                .containsExactly("0.11 % of items are dead-lettered (limit 0.1 %)");
        assertThat(tolerance.judge(counts(100, ItemState.AWAITING_REPORT, 5)).complete())
                .isTrue();
        assertThat(tolerance.judge(counts(100, ItemState.AWAITING_REPORT, 6)).complete())
                .isFalse();
    }

    @Test
    void saysByHowLittleALimitIsExceeded() {
        assertThat(Tolerance.defaults()
                        .judge(counts(1_000_000, ItemState.AWAITING_REPORT, 50_010))
                        .reasons())
                .containsExactly("5.001 % of items await a report (limit 5 %)");
    }

    @Test
    void toleratesANumberOfItems() {
        assertThat(Tolerance.defaults().judge(counts(100, ItemState.PARKED, 0)).complete())
                .isTrue();
        assertThat(Tolerance.defaults().judge(counts(100, ItemState.PARKED, 1)).reasons())
                .containsExactly("1 of 100 items are parked (limit 0)");
    }

    @Test
    void refusesAllowancesThatMeanNothing() {
        assertThatThrownBy(() -> new Tolerance.Share(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tolerance.Share(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tolerance.Count(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ItemCounts counts(long planned, ItemState state, long items) {
        Map<ItemState, Long> states = new EnumMap<>(ItemState.class);
        for (ItemState each : ItemState.values()) {
            states.put(each, 0L);
        }
        states.put(state, items);
        states.merge(ItemState.LANDED, planned - items, Long::sum);
        return new ItemCounts(planned, states);
    }
}
