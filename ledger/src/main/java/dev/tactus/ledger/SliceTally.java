package dev.tactus.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Counts the items of a run, slice by slice.
final class SliceTally {
    private static final String SQL = """
            SELECT state, count(*) AS items, sum(rows) AS rows FROM item WHERE slice = ? GROUP BY state
            """;

    private SliceTally() {}

    static List<SliceCounts> of(Statements statements, String runId) {
        List<SliceCounts> counts = new ArrayList<>();
        for (Planned planned : statements.list(
                "SELECT number, dataset, day, planned FROM slice WHERE run = ? ORDER BY day, dataset DESC",
                Planned::of,
                runId)) {
            counts.add(count(statements, planned));
        }
        return counts;
    }

    private static SliceCounts count(Statements statements, Planned planned) {
        Map<ItemState, Long> states = ItemCounts.noneInAnyState();
        long rows = 0;
        for (Tally tally : statements.list(SQL, Tally::of, planned.slice().number())) {
            states.put(tally.state(), tally.items());
            rows += tally.rows();
        }
        return new SliceCounts(
                planned.slice().dataset(), planned.slice().day(), new ItemCounts(planned.items(), states), rows);
    }

    private record Planned(Slice slice, long items) {
        static Planned of(Row row) {
            return new Planned(Slice.of(row), row.number("planned"));
        }
    }

    private record Tally(ItemState state, long items, long rows) {
        static Tally of(Row row) {
            return new Tally(ItemState.of(row.integer("state")), row.number("items"), row.number("rows"));
        }
    }
}
