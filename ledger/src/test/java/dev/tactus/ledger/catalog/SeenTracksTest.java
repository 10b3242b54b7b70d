package dev.tactus.ledger.catalog;

import static dev.tactus.ledger.Samples.SOURCE;
import static dev.tactus.ledger.Samples.isrc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.StoreTest;
import dev.tactus.music.Artist;
import dev.tactus.music.Track;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeenTracksTest extends StoreTest {
    private final Track full = new Track(
            "t2",
            isrc(1),
            "Title",
            List.of(new Artist("a1", "One\\nOne"), new Artist(null, "Two"), new Artist("", "")),
            1_234,
            false,
            "al",
            "Album",
            "2026-11");
    private final Track bare = new Track("t1", isrc(1), "", List.of(), 0, null, null, null, null);

    @Test
    void givesBackEveryFieldInTheOrderOfTheSource() {
        ledger.seenTracks().record(SOURCE, Map.of(isrc(1), List.of(full, bare)));
        assertThat(ledger.seenTracks().find(SOURCE, List.of(isrc(1), isrc(2))))
                .isEqualTo(Map.of(isrc(1), List.of(full, bare)));
        assertThat(ledger.seenTracks().find("deezer", List.of(isrc(1)))).isEmpty();
    }

    @Test
    void replacesWhatWasSeenBefore() {
        ledger.seenTracks().record(SOURCE, Map.of(isrc(1), List.of(full, bare)));
        ledger.seenTracks().record(SOURCE, Map.of(isrc(1), List.of(bare)));
        assertThat(ledger.seenTracks().find(SOURCE, List.of(isrc(1)))).isEqualTo(Map.of(isrc(1), List.of(bare)));
        ledger.seenTracks().record(SOURCE, Map.of(isrc(1), List.of()));
        assertThat(ledger.seenTracks().find(SOURCE, List.of(isrc(1)))).isEmpty();
    }

    @Test
    void refusesATrackOfAnotherRecording() {
        assertThatThrownBy(() -> ledger.seenTracks().record(SOURCE, Map.of(isrc(2), List.of(bare))))
                .hasMessageContaining("not of " + isrc(2));
    }
}
