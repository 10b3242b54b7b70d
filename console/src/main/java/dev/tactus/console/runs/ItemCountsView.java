package dev.tactus.console.runs;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import java.util.List;

/// The work items of a run in the terms of the accounting equation:
/// planned = landed + not found + dead-lettered + fell back + awaiting report + not due + parked.
public final class ItemCountsView {
    /// The outcomes, in the equation's order.
    public static final List<ItemState> OUTCOMES = List.of(
            ItemState.LANDED,
            ItemState.NOT_FOUND,
            ItemState.DEAD_LETTERED,
            ItemState.FELL_BACK,
            ItemState.AWAITING_REPORT,
            ItemState.NOT_DUE,
            ItemState.PARKED);

    private ItemCountsView() {}

    public static JsonObject fields(ItemCounts counts) {
        JsonObject fields = JsonObject.of("planned", counts.planned());
        OUTCOMES.forEach(state -> fields.put(HumanFormat.label(state), counts.of(state)));
        return fields;
    }
}
