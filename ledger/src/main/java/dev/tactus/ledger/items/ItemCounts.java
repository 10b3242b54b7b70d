package dev.tactus.ledger.items;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How many work items there are and what became of them.
///
/// @param planned counted when the plan was made, not from the items
/// @param states how many items are in each state now; every state is there
public record ItemCounts(long planned, Map<ItemState, Long> states) {
    public ItemCounts {
        for (ItemState state : ItemState.values()) {
            if (!states.containsKey(state)) {
                throw new IllegalArgumentException("no count for the state " + state);
            }
        }
        states = Map.copyOf(states);
    }

    static Map<ItemState, Long> noneInAnyState() {
        Map<ItemState, Long> none = new EnumMap<>(ItemState.class);
        for (ItemState state : ItemState.values()) {
            none.put(state, 0L);
        }
        return none;
    }

    static ItemCounts sum(List<ItemCounts> parts) {
        long planned = 0;
        Map<ItemState, Long> states = noneInAnyState();
        for (ItemCounts part : parts) {
            planned += part.planned;
            part.states.forEach((state, count) -> states.merge(state, count, Long::sum));
        }
        return new ItemCounts(planned, states);
    }

    public long of(ItemState state) {
        return states.getOrDefault(state, 0L);
    }

    /// Items not yet fetched and not parked: none in a run that is over.
    public long open() {
        return of(ItemState.PLANNED);
    }

    /// Everything that has an outcome, parked items included.
    public long accounted() {
        return states.values().stream().mapToLong(Long::longValue).sum() - open();
    }

    /// Whether planned = landed + not found + dead-lettered + fell back + awaiting report + parked.
    public boolean addsUp() {
        return planned == accounted() && open() == 0;
    }
}
