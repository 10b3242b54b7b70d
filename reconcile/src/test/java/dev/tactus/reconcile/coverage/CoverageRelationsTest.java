package dev.tactus.reconcile.coverage;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.october;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.join.CatalogTable;
import dev.tactus.reconcile.join.JoinInputs;
import dev.tactus.reconcile.join.RelationColumns;
import dev.tactus.reconcile.join.StatementView;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageRelationsTest {
    @TempDir
    private Path folder;

    @Test
    void haveTheColumnsThatTheirConstantsSay() throws IllegalAccessException {
        try (ReconcileFixture books = new ReconcileFixture(folder).catalog(2)) {
            books.run(october(1), october(2)).failed(0, october(1), "DE").publish();
            books.sold("r1", 0, "FR", 7).imported();
            try (Workbench bench = books.lake.workbench(128)) {
                CatalogTable catalog = CatalogTable.load(bench, books.ledger);
                PreviousUsage previous = PreviousUsage.make(
                        StatementView.make(bench, books.services, OCTOBER.previous()), catalog, "spotify");
                JoinInputs inputs =
                        JoinInputs.make(StatementView.make(bench, books.services, OCTOBER), catalog, "spotify", 1);
                new CoverageQuery(inputs, previous, books.ledger).find();

                RelationColumns.assertAsSaid(CoverageRelations.class, bench, "AWAITED_ITEM");
            }
        }
    }
}
