package dev.tactus.console;

import dev.tactus.ledger.ItemCounts;
import dev.tactus.ledger.ItemState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The work items of a run in the words of the accounting equation:
/// planned = landed + not found + dead-lettered + fell back + awaiting report + parked.
final class Counted {
    /// The outcomes, in the equation's order.
    static final List<ItemState> OUTCOMES = List.of(
            ItemState.LANDED,
            ItemState.NOT_FOUND,
            ItemState.DEAD_LETTERED,
            ItemState.FELL_BACK,
            ItemState.AWAITING_REPORT,
            ItemState.PARKED);

    private Counted() {}

    static Map<String, Long> fields(ItemCounts counts) {
        Map<String, Long> fields = new LinkedHashMap<>();
        fields.put("planned", counts.planned());
        OUTCOMES.forEach(state -> fields.put(RunsCommand.lower(state), counts.of(state)));
        return fields;
    }
}
