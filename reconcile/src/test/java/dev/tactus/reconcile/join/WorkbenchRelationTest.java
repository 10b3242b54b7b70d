package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.october;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.close.PeriodCloser;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchRelationTest {
    @TempDir
    private Path folder;

    @Test
    void hasTheColumnsThatItsConstantSays() throws IllegalAccessException {
        try (ReconcileFixture books = new ReconcileFixture(folder).catalog(3)) {
            books.run(october(1), october(2)).landed(0, october(1), "DE", 100).publish();
            books.sold("r1", 0, "WW", 101).sold("r1", 1, "FR", 7).imported();
            new PeriodCloser(
                            books.ledger,
                            books.lake,
                            books.services,
                            ReconciliationRules.defaults(),
                            _ -> List.of(),
                            InstantSource.fixed(ReconcileFixture.NOW),
                            "test",
                            128)
                    .close("spotify", OCTOBER, "Ada", Optional.of("so be it"));
            books.sold("r2", 1, "DE", 9).imported();
            Period november = Period.parse("2026-11");
            try (Workbench bench = books.lake.workbench(128)) {
                CatalogTable catalog = CatalogTable.load(bench, books.ledger);
                new AdjustmentQuery(books.ledger, books.lake, books.services, bench, "spotify", november)
                        .make(catalog, "id");

                RelationColumns.assertAsSaid(JoinRelations.class, bench);
            }
        }
    }
}
