package dev.tactus.console.runs;

import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The work items of a run in the words of the accounting equation:
/// planned = landed + not found + dead-lettered + fell back + awaiting report + parked.
public final class ItemCountsView {
    /// The outcomes, in the equation's order.
    public static final List<ItemState> OUTCOMES = List.of(
            ItemState.LANDED,
            ItemState.NOT_FOUND,
            ItemState.DEAD_LETTERED,
            ItemState.FELL_BACK,
            ItemState.AWAITING_REPORT,
            ItemState.PARKED);

    private ItemCountsView() {}

    public static Map<String, Long> fields(ItemCounts counts) {
        Map<String, Long> fields = new LinkedHashMap<>();
        fields.put("planned", counts.planned());
        OUTCOMES.forEach(state -> fields.put(RunsCommand.lower(state), counts.of(state)));
        return fields;
    }
}
