package dev.tactus.reconcile.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.VarianceFigures;
import dev.tactus.ledger.royalty.VarianceKey;
import dev.tactus.reconcile.statements.StatementStatus;
import dev.tactus.reconcile.variance.Variance;
import dev.tactus.reconcile.variance.VarianceCounts;
import dev.tactus.reconcile.variance.VarianceState;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactsModelTest {
    private static final Variance ACCEPTED = new Variance(
            new VarianceKey(
                    "spotify",
                    LocalDate.parse("2026-10-01"),
                    LocalDate.parse("2026-10-31"),
                    "USUM72409273",
                    "DE",
                    "stream"),
            Optional.of("Ebb"),
            Optional.of("Ada"),
            "variance",
            new VarianceFigures(Optional.of(100L), Optional.of(90L), ""),
            "they differ",
            VarianceState.ACCEPTED,
            Optional.empty());

    @Test
    void aListThatIsNotWholeSaysHowManyRowsThereAre() {
        Map<String, Object> page = page(PageFacts.LISTED + 1);

        assertThat((Collection<?>) page.get("decided")).hasSize(PageFacts.LISTED);
        assertThat(page).containsEntry("more_decided", true).containsEntry("decided_count", "21 rows are");
    }

    @Test
    void aWholeListSaysNothing() {
        assertThat(page(PageFacts.LISTED)).containsEntry("more_decided", false);
    }

    private static Map<String, Object> page(int decided) {
        PageFacts facts = new PageFacts(
                "",
                "",
                "",
                List.of(),
                VarianceCounts.NONE,
                List.of(),
                Collections.nCopies(decided, ACCEPTED),
                StatementStatus.UNKNOWN,
                List.of(),
                List.of());
        return FactsModel.of(facts, new HomeModel(Optional.empty(), Optional.empty(), List.of()));
    }
}
