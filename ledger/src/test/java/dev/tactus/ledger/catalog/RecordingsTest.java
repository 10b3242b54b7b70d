package dev.tactus.ledger.catalog;

import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.isrc;
import static dev.tactus.ledger.Samples.recording;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.StoreTest;
import dev.tactus.music.Recording;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordingsTest extends StoreTest {
    private final Recording full = new Recording(
            isrc(7),
            "Tempus \"perfectum\"",
            List.of("Johannes\nde Muris", "きらり"),
            "Johannes de Muris; きらり",
            251_667L,
            "00602445790128",
            true,
            "Ars Nova",
            "1322",
            List.of("DE", "ES-CE"),
            -3);

    @Test
    void givesBackEveryFieldAsItWas() {
        Recording bare = Recording.of(isrc(8));
        ledger.recordings().replaceWith("h", List.of(full, bare).iterator());

        assertThat(ledger.recordings().find(List.of(isrc(8), isrc(7), isrc(9))))
                .containsExactly(Map.entry(isrc(8), bare), Map.entry(isrc(7), full));
    }

    @Test
    void keepsRecordingsOfEarlierCatalogsInactive() {
        catalog(ledger, 3);
        assertThat(ledger.recordings()
                        .replaceWith("new", List.of(recording(1, 0), full).iterator()))
                .isEqualTo(2);

        assertThat(ledger.recordings().hash()).contains("new");
        assertThat(ledger.recordings().count()).isEqualTo(2);
        assertThat(ledger.recordings().active(List.of(isrc(0), isrc(1), isrc(2), isrc(7))))
                .containsExactly(isrc(1), isrc(7));
        assertThat(ledger.recordings().find(List.of(isrc(0)))).hasSize(1);
    }

    @Test
    void takesTheLastOfAnIsrcThatComesTwice() {
        assertThat(ledger.recordings()
                        .replaceWith("h", List.of(recording(7, 1), full).iterator()))
                .isEqualTo(1);
        assertThat(ledger.recordings().find(List.of(isrc(7)))).containsValue(full);
    }

    @Test
    void keepsTheOldCatalogWhenTheNewOneBreaksOff() {
        catalog(ledger, 3);
        Iterator<Recording> broken = Stream.of(recording(5, 0), recording(6, 0))
                .peek(recording -> {
                    if (recording.isrc().equals(isrc(6))) {
                        throw new IllegalStateException("line 3 can't be read");
                    }
                })
                .iterator();

        assertThatThrownBy(() -> ledger.recordings().replaceWith("new", broken)).hasMessage("line 3 can't be read");

        assertThat(ledger.recordings().hash()).contains("hash");
        assertThat(ledger.recordings().count()).isEqualTo(3);
        assertThat(ledger.recordings().find(List.of(isrc(5)))).isEmpty();
    }

    @Test
    void givesLargerPrioritiesFirstThenTheOrderOfIsrcs() {
        catalog(ledger, 10);
        ledger.recordings()
                .replaceWith(
                        "h",
                        List.of(
                                        recording(4, 0),
                                        recording(2, 9),
                                        recording(3, -1),
                                        recording(1, 0),
                                        recording(0, Integer.MAX_VALUE),
                                        recording(5, Integer.MIN_VALUE))
                                .iterator());

        PlanPage page = PlanPage.first(4);
        List<Recording> first = ledger.recordings().active(page);
        assertThat(first)
                .containsExactly(recording(0, Integer.MAX_VALUE), recording(2, 9), recording(1, 0), recording(4, 0));
        assertThat(ledger.recordings().active(page.after(first.getLast().isrc())))
                .containsExactly(recording(3, -1), recording(5, Integer.MIN_VALUE));
        assertThat(ledger.recordings().active())
                .startsWith(first.toArray(Recording[]::new))
                .endsWith(recording(3, -1), recording(5, Integer.MIN_VALUE))
                .hasSize(6);
    }

    @Test
    void readsAllThatAreActiveBeyondOnePage() {
        catalog(ledger, 5_001);
        assertThat(ledger.recordings().active()).hasSize(5_001).doesNotHaveDuplicates();
    }

    @Test
    void isEmptyBeforeTheFirstCatalog() {
        assertThat(ledger.recordings().hash()).isEmpty();
        assertThat(ledger.recordings().count()).isZero();
        assertThat(ledger.recordings().active(PlanPage.first(10))).isEmpty();
    }
}
