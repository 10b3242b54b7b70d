package dev.tactus.ledger.items;

import dev.tactus.sqlite.Row;
import dev.tactus.sqlite.SqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Counts the items of a run, slice by slice.
final class SliceCountQuery {
    private static final String SQL = """
            SELECT state, count(*) AS items, sum(rows) AS rows FROM item WHERE slice = ? GROUP BY state
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
        long rows = 0;
        for (StateCount tally :
                session.list(SQL, StateCount::of, planned.slice().number())) {
            states.put(tally.state(), tally.items());
            rows += tally.rows();
        }
        return new SliceCounts(
                planned.slice().dataset(), planned.slice().day(), new ItemCounts(planned.items(), states), rows);
    }

    private record PlannedSlice(Slice slice, long items) {
        static PlannedSlice of(Row row) {
            return new PlannedSlice(Slice.of(row), row.number("planned"));
        }
    }

    private record StateCount(ItemState state, long items, long rows) {
        static StateCount of(Row row) {
            return new StateCount(ItemState.of(row.integer("state")), row.number("items"), row.number("rows"));
        }
    }
}
