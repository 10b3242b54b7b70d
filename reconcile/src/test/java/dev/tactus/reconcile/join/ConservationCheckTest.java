package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ReconciliationStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConservationCheckTest {
    @TempDir
    private Path folder;

    private ReconcileFixture books;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(1);
        books.run(october(1), october(1)).landed(0, october(1), "DE", 10).publish();
        books.sold("r1", 0, "DE", 12).imported();
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void findsThatRowsOfBeforeAreGone() {
        reconcile();
        books.replaced(LakeTable.RECONCILED, "SELECT 'spotify' AS source WHERE false");

        assertThatThrownBy(this::reconcile)
                .isInstanceOf(IntegrityFailure.class)
                .hasMessageContaining("the API's counts of spotify in 2026-10 are 10 in the lake but 0");
    }

    @Test
    void comparesEachSum() {
        try (Workbench bench = books.lake.workbench(128)) {
            ConservationCheck check = new ConservationCheck(JoinInputs.make(
                    StatementView.make(bench, books.services, OCTOBER),
                    CatalogTable.load(bench, books.ledger),
                    "spotify",
                    TerritoryGroups.LATEST));

            check.check(totals(10, 12, "0.5"));
            assertThatThrownBy(() -> check.check(totals(11, 12, "0.5"))).hasMessageContaining("the API's counts");
            assertThatThrownBy(() -> check.check(totals(10, 11, "0.5"))).hasMessageContaining("the reports' counts");
            assertThatThrownBy(() -> check.check(totals(10, 12, "0.50000001")))
                    .hasMessageContaining("the reports' revenues");
        }
    }

    private static ReconciliationTotals totals(long api, long report, String revenue) {
        return new ReconciliationTotals(
                Map.of(ReconciliationStatus.VARIANCE, new ReconciliationTotals.Sums(1, api, report, report, 0)),
                List.of(new Money("EUR", new BigDecimal(revenue))),
                List.of());
    }

    private void reconcile() {
        new Reconciler(books.ledger, books.lake, books.services, ReconciliationRules.defaults(), 128)
                .reconcile("spotify", OCTOBER);
    }
}
