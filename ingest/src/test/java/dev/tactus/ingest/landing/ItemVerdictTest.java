package dev.tactus.ingest.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.TrackOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemVerdictTest {
    private static final TrackOutcome GOOD = new TrackOutcome.Streams(List.of(new StreamCount("US", 1)), List.of());
    private static final TrackOutcome FAILED = new TrackOutcome.Streams(List.of(), List.of("DE"));
    private static final TrackOutcome REJECTED =
            new TrackOutcome.Rejected(new PayloadRejection("/items/0", "schema", "wrong"));
    private static final TrackOutcome MISSING = new TrackOutcome.Missing();
    private static final TrackOutcome PENDING = new TrackOutcome.Pending();
    private static final TrackOutcome UNAVAILABLE = new TrackOutcome.Unavailable();

    @Test
    void takesTheWorstOfItsTracks() {
        List<TrackOutcome> worstFirst = List.of(PENDING, REJECTED, UNAVAILABLE, GOOD);
        List<ItemState> states =
                List.of(ItemState.PARKED, ItemState.DEAD_LETTERED, ItemState.AWAITING_REPORT, ItemState.LANDED);
        Random random = new Random(5);
        for (int i = 0; i < worstFirst.size(); i++) {
            List<TrackOutcome> tracks = new ArrayList<>(worstFirst.subList(i, worstFirst.size()));
            tracks.add(MISSING);
            Collections.shuffle(tracks, random);
            assertThat(ItemVerdict.of(Dataset.STREAMS, tracks).state()).isEqualTo(states.get(i));
        }
    }

    @Test
    void isNotFoundOnlyWhereEveryTrackIsMissing() {
        assertThat(state(Dataset.STREAMS, MISSING, MISSING)).isEqualTo(ItemState.NOT_FOUND);
        assertThat(state(Dataset.STREAMS, MISSING, GOOD)).isEqualTo(ItemState.LANDED);
    }

    @Test
    void landsValidDataForNoTerritory() {
        assertThat(state(Dataset.STREAMS, new TrackOutcome.Streams(List.of(), List.of())))
                .isEqualTo(ItemState.LANDED);
    }

    @Test
    void waitsForAReportForStreamsOnly() {
        TrackOutcome listeners =
                new TrackOutcome.Listeners(List.of(new ListenerCount("US", 1)), List.of(), List.of("DE"));
        assertThat(state(Dataset.STREAMS, FAILED)).isEqualTo(ItemState.AWAITING_REPORT);
        assertThat(ItemVerdict.of(Dataset.STREAMS, List.of(FAILED)).reason()).contains("territory_failed");
        assertThat(state(Dataset.LISTENERS, listeners)).isEqualTo(ItemState.LANDED);
        assertThat(ItemVerdict.of(Dataset.LISTENERS, List.of(listeners)).reason())
                .contains("territory_failed");
        assertThat(ItemVerdict.of(Dataset.LISTENERS, List.of(UNAVAILABLE)).reason())
                .contains("unavailable");
    }

    @Test
    void neverMakesAZeroOfADayThatIsNotPublished() {
        assertThat(state(Dataset.STREAMS, PENDING, GOOD)).isEqualTo(ItemState.PARKED);
        assertThat(state(Dataset.LISTENERS, PENDING)).isEqualTo(ItemState.PARKED);
    }

    private static ItemState state(Dataset dataset, TrackOutcome... tracks) {
        return ItemVerdict.of(dataset, List.of(tracks)).state();
    }
}
