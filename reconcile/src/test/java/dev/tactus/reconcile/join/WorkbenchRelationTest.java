package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.close.PeriodCloser;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchRelationTest {
    @TempDir
    private Path folder;

    @Test
    void hasTheColumnsThatItsConstantSays() {
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

                assertThat(JoinRelations.ALL)
                        .allSatisfy(relation -> assertThat(described(bench, relation))
                                .as(relation.name())
                                .isEqualTo(relation.columns()));
            }
        }
    }

    /// Names and types, or names alone where the constant has no types; words of bitmaps left out.
    private static String described(Workbench bench, WorkbenchRelation relation) {
        boolean typed = Arrays.stream(relation.columns().split(", ")).allMatch(column -> column.contains(" "));
        return String.join(
                ", ",
                QueryRows.list(
                        bench,
                        "SELECT column_name, column_type FROM (DESCRIBE " + relation + ")"
                                + " WHERE NOT regexp_matches(column_name, '^(run|report)_name_\\d+$')",
                        row -> typed ? row.get(0) + " " + row.get(1) : String.valueOf(row.get(0))));
    }
}
