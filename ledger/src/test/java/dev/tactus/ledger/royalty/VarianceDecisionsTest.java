package dev.tactus.ledger.royalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.StoreTest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VarianceDecisionsTest extends StoreTest {
    private static final LocalDate FROM = LocalDate.of(2026, 10, 1);
    private static final LocalDate TO = LocalDate.of(2026, 10, 31);
    private static final VarianceKey KEY = new VarianceKey("spotify", FROM, TO, "USABC2500001", "DE", "stream");
    private static final VarianceFigures FIGURES = new VarianceFigures(Optional.of(100L), Optional.of(90L), "EUR:0.5");

    private VarianceDecision decide(VarianceVerdict verdict) {
        return ledger.varianceDecisions().decide(KEY, verdict, FIGURES, "asked them", "Ada");
    }

    @Test
    void keepsWhatWasDecidedByWhomAndOnWhat() {
        VarianceDecision made = decide(VarianceVerdict.DISPUTED);

        assertThat(ledger.varianceDecisions().inForce("spotify", FROM, TO)).containsExactly(made);
        assertThat(ledger.varianceDecisions().find(made.id().substring(0, 6))).contains(made);
        assertThat(made.at()).isEqualTo(clock.instant());
        assertThat(ledger.varianceDecisions().inForce("spotify", FROM, TO.minusDays(1)))
                .isEmpty();
    }

    @Test
    void theLastDecisionAboutARowHoldsAndTheEarlierStays() {
        VarianceDecision first = decide(VarianceVerdict.DISPUTED);
        clock.advance(Duration.ofDays(1));
        VarianceDecision second = decide(VarianceVerdict.ACCEPTED);

        assertThat(ledger.varianceDecisions().inForce("spotify", FROM, TO)).containsExactly(second);
        assertThat(ledger.varianceDecisions().list()).hasSize(2);
        assertThat(ledger.varianceDecisions().find(first.id()).orElseThrow().ending())
                .hasValueSatisfying(ending -> assertThat(ending.reason()).isEqualTo("decided anew"));
    }

    @Test
    void revokesOnceAndKeepsWhy() {
        VarianceDecision made = decide(VarianceVerdict.ACCEPTED);
        ledger.varianceDecisions().revoke(made.id(), "Grace", "a new statement came");

        assertThat(ledger.varianceDecisions().inForce("spotify", FROM, TO)).isEmpty();
        assertThat(ledger.varianceDecisions().find(made.id()).orElseThrow().ending())
                .contains(new VarianceDecision.Ending("Grace", "a new statement came", clock.instant()));
        assertThatThrownBy(() -> ledger.varianceDecisions().revoke(made.id(), "Grace", "again"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is in force");
    }
}
