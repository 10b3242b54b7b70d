package dev.tactus.ledger.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.database.Database;
import dev.tactus.ledger.LedgerSchema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queries that run for every page walk an index; none of them reads or sorts all items.
class QueryPlanTest {
    @TempDir
    private Path folder;

    @Test
    void walksIndexesForOpenItems() {
        assertThat(plan(WorkItems.OPEN))
                .noneMatch(QueryPlanTest::readsEverything)
                .anyMatch(step -> step.contains("COVERING INDEX item_open"));
    }

    @Test
    void walksIndexesForOpenRecordings() {
        assertThat(plan(WorkItems.OPEN_UNRESOLVED))
                .noneMatch(QueryPlanTest::readsEverything)
                .anyMatch(step -> step.contains("SEARCH i USING PRIMARY KEY (slice=? AND recording=?)"));
    }

    @Test
    void walksIndexesForTheOpenItemsOfRecordings() {
        assertThat(plan(OpenItemQuery.SQL))
                .noneMatch(QueryPlanTest::readsEverything)
                .anyMatch(step -> step.contains("COVERING INDEX item_open"));
    }

    @Test
    void walksIndexesForAPageOfAnswers() {
        assertThat(plan(SourceAnswerQuery.END)).noneMatch(QueryPlanTest::readsEverything);
        assertThat(plan(SourceAnswerQuery.SQL))
                .anyMatch(
                        step -> step.contains("SEARCH i USING PRIMARY KEY (slice=? AND recording>? AND recording<?)"));
    }

    @Test
    void walksIndexesForTheNextDueItem() {
        assertThat(plan(WorkItems.NEXT_DUE))
                .noneMatch(step -> step.startsWith("SCAN"))
                .anyMatch(step -> step.contains("COVERING INDEX item_parked"));
    }

    private List<String> plan(String sql) {
        try (Database database = Database.open(LedgerSchema.LEDGER, folder.resolve("ledger.db"))) {
            return database.read(session -> session.list("EXPLAIN QUERY PLAN " + sql, row -> row.text("detail")));
        }
    }

    private static boolean readsEverything(String step) {
        return step.startsWith("SCAN") || step.contains("TEMP B-TREE");
    }
}
