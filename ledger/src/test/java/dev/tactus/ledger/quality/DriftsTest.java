package dev.tactus.ledger.quality;

import static dev.tactus.ledger.Samples.SOURCE;
import static dev.tactus.ledger.Samples.isrc;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.music.Severity;
import dev.tactus.music.drift.Difference;
import dev.tactus.music.identifiers.Isrc;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftsTest extends StoreTest {
    private static final List<Isrc> EXAMINED = List.of(isrc(1), isrc(2));
    private final Difference title = new Difference(isrc(1), "title", "Kirari", "Kirali", Severity.WARNING);
    private final Difference mapping = new Difference(isrc(2), "isrc_mapping", "A", "B", Severity.CRITICAL);
    private String run;

    @SuppressWarnings("NullAway.Init")
    DriftsTest() {}

    @BeforeEach
    void startRun() {
        run = Samples.run(ledger).id();
    }

    @Test
    void tellsOnlyNews() {
        assertThat(report(title)).extracting(Drift::difference).containsExactly(title);
        clock.advance(Duration.ofDays(1));
        String first = run;
        startRun();

        assertThat(report(title, mapping)).extracting(Drift::difference).containsExactly(mapping);

        assertThat(ledger.drifts().newsOf(first)).isEqualTo(1);
        assertThat(ledger.drifts().newsOf(run)).isEqualTo(1);
        assertThat(ledger.drifts().open(10)).extracting(Drift::difference).containsExactly(mapping, title);
        assertThat(ledger.drifts().open(1)).hasSize(1);
    }

    @Test
    void resolvesWhatIsNoLongerSeenAndReportsItWhenItIsBack() {
        Drift drift = report(title).getFirst();
        assertThat(report()).isEmpty();
        assertThat(state(drift)).isEqualTo(DriftState.RESOLVED);

        clock.advance(Duration.ofDays(1));
        Drift back = report(title).getFirst();
        assertThat(back.id()).isEqualTo(drift.id());
        assertThat(back.state()).isEqualTo(DriftState.OPEN);
        assertThat(back.detectedAt()).isEqualTo(clock.instant());
    }

    @Test
    void leavesAloneWhatWasNotExamined() {
        Drift drift = report(title).getFirst();
        ledger.drifts().report(SOURCE, run, List.of(isrc(2)), List.of());
        ledger.drifts().report("deezer", run, EXAMINED, List.of());
        assertThat(state(drift)).isEqualTo(DriftState.OPEN);
    }

    @Test
    void reportsAnotherValueOfTheSameFieldAsNews() {
        report(title);
        Difference other = new Difference(isrc(1), "title", "Kirari", "Kirara", Severity.WARNING);
        assertThat(report(other)).extracting(Drift::difference).containsExactly(other);
        assertThat(ledger.drifts().open(10)).extracting(Drift::difference).containsExactly(other);
    }

    @Test
    void acceptsOnTheRecordAndNeverReportsItAgain() {
        Drift drift = report(title).getFirst();
        clock.advance(Duration.ofHours(3));
        Drift accepted = ledger.drifts().accept(drift.id().substring(0, 10)).orElseThrow();
        assertThat(accepted.state()).isEqualTo(DriftState.ACCEPTED);
        assertThat(accepted.acceptedAt()).contains(clock.instant());

        assertThat(report()).isEmpty();
        assertThat(report(title)).isEmpty();
        assertThat(state(drift)).isEqualTo(DriftState.ACCEPTED);

        clock.advance(Duration.ofHours(1));
        assertThat(ledger.drifts().accept(drift.id()).orElseThrow().acceptedAt())
                .isEqualTo(accepted.acceptedAt());
        assertThat(ledger.drifts().accept("xyz")).isEmpty();
    }

    @Test
    void keepsTheMoreSevereWhenTwoComparisonsSayTheSame() {
        Difference severe = new Difference(isrc(1), "title", "Kirari, last run", "Kirali", Severity.CRITICAL);
        assertThat(report(title, severe)).extracting(Drift::difference).containsExactly(severe);
        assertThat(ledger.drifts().count(DriftState.OPEN)).isEqualTo(1);
    }

    @Test
    void readsAllOfASource() {
        report(title, mapping);
        ledger.drifts().report("deezer", run, EXAMINED, List.of(title));
        report(title);
        assertThat(ledger.drifts().all(SOURCE))
                .extracting(Drift::state)
                .containsExactlyInAnyOrder(DriftState.OPEN, DriftState.RESOLVED);
    }

    private List<Drift> report(Difference... differences) {
        return ledger.drifts().report(SOURCE, run, EXAMINED, List.of(differences));
    }

    private DriftState state(Drift drift) {
        return ledger.drifts().find(drift.id()).orElseThrow().state();
    }
}
