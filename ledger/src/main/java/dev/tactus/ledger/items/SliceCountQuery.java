package dev.tactus.ledger.items;

import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the items of a run, slice by slice.
final class SliceCountQuery {
    private static final String SQL = """
        SELECT state, CASE WHEN state = 7 OR (state = 6 AND reason = 'budget') THEN reason END AS why, count(*) AS items, sum(rows) AS rows
        FROM item WHERE slice = ? GROUP BY 1, 2
        """;

    private SliceCountQuery() {}

    static List<SliceCounts> of(SqlSession session, String runId) {
        List<SliceCounts> counts = new ArrayList<>();
        for (PlannedSlice planned : session.list(
                "SELECT number, dataset, day, planned FROM slice WHERE run = ? ORDER BY day, dataset DESC",
                PlannedSlice::of,
                runId)) {
            counts.add(count(session, planned));
        }
        return counts;
    }

    private static SliceCounts count(SqlSession session, PlannedSlice planned) {
        Map<ItemState, Long> states = ItemCounts.noneInAnyState();
        Map<ItemState, Long> answered = new EnumMap<>(ItemState.class);
        long rows = 0;
        long overBudget = 0;
        for (StateCount tally :
                session.list(SQL, StateCount::of, planned.slice().number())) {
            states.merge(tally.state(), tally.items(), Long::sum);
            if (tally.state() == ItemState.PARKED && tally.why() != null) {
                overBudget += tally.items();
            } else if (tally.why() != null) {
                answered.merge(AnsweredItems.standing(tally.why()), tally.items(), Long::sum);
            }
            rows += tally.rows();
        }
        return new SliceCounts(
                planned.slice().dataset(),
                planned.slice().day(),
                new ItemCounts(planned.items(), states, answered, overBudget),
                rows);
    }

    private record PlannedSlice(Slice slice, long items) {
        static PlannedSlice of(Row row) {
            return new PlannedSlice(Slice.of(row), row.number("planned"));
        }
    }

    private record StateCount(ItemState state, @Nullable String why, long items, long rows) {
        static StateCount of(Row row) {
            return new StateCount(
                    ItemState.of(row.integer("state")), row.textOrNull("why"), row.number("items"), row.number("rows"));
        }
    }
}
