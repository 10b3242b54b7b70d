package dev.tactus.ledger.items;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.isrc;
import static dev.tactus.music.Dataset.STREAMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ItemOutcomeTest {
    @Test
    void saysUntilWhenOnlyWhereItIsParked() {
        assertThatThrownBy(() -> new ItemOutcome(isrc(1), STREAMS, DAY, ItemState.PARKED, 0, "penalty", null))
                .hasMessageContaining("until when");
        assertThatThrownBy(() -> new ItemOutcome(isrc(1), STREAMS, DAY, ItemState.LANDED, 0, null, Instant.EPOCH))
                .hasMessageContaining("until when");
    }

    @Test
    void landsNoRowsWhereItIsParked() {
        assertThatThrownBy(() -> new ItemOutcome(isrc(1), STREAMS, DAY, ItemState.PARKED, 1, null, Instant.EPOCH))
                .hasMessageContaining("no rows");
    }

    @Test
    void isNeverPlanned() {
        assertThatThrownBy(() -> new ItemOutcome(isrc(1), STREAMS, DAY, ItemState.PLANNED, 0, null, null))
                .hasMessageContaining("no outcome");
    }

    @Test
    void hasACodeThatNeverChanges() {
        for (ItemState state : ItemState.values()) {
            assertThat(ItemState.of(state.code())).isEqualTo(state);
        }
        assertThat(ItemState.PLANNED.code()).isZero();
        assertThat(ItemState.PARKED.code()).isEqualTo(6);
    }
}
