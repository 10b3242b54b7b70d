package dev.tactus.ledger.items;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How many work items there are and what became of them.
///
/// @param planned counted when the plan was made, not from the items
/// @param states how many items are in each state now; every state is there
/// @param answered of those that are not due, how many ended in which state when they were last asked for
/// @param overBudget of those that are parked, how many are so because somebody's budget of calls was spent
public record ItemCounts(long planned, Map<ItemState, Long> states, Map<ItemState, Long> answered, long overBudget) {
    /// The reason of an item that is parked for a budget's sake.
    public static final String BUDGET = "budget";

    public ItemCounts(long planned, Map<ItemState, Long> states) {
        this(planned, states, Map.of(), 0);
    }

    public ItemCounts {
        for (ItemState state : ItemState.values()) {
            if (!states.containsKey(state)) {
                throw new IllegalArgumentException("no count for the state " + state);
            }
        }
        states = Map.copyOf(states);
        answered = Map.copyOf(answered);
    }

    static Map<ItemState, Long> noneInAnyState() {
        Map<ItemState, Long> none = new EnumMap<>(ItemState.class);
        for (ItemState state : ItemState.values()) {
            none.put(state, 0L);
        }
        return none;
    }

    public static ItemCounts sum(List<ItemCounts> parts) {
        long planned = 0;
        long overBudget = 0;
        Map<ItemState, Long> states = noneInAnyState();
        Map<ItemState, Long> answered = new EnumMap<>(ItemState.class);
        for (ItemCounts part : parts) {
            planned += part.planned;
            overBudget += part.overBudget;
            part.states.forEach((state, count) -> states.merge(state, count, Long::sum));
            part.answered.forEach((state, count) -> answered.merge(state, count, Long::sum));
        }
        return new ItemCounts(planned, states, answered, overBudget);
    }

    public long of(ItemState state) {
        return states.getOrDefault(state, 0L);
    }

    /// Items in this state, and those that are not due because they ended in it when they were last asked for.
    public long standing(ItemState state) {
        return of(state) + answered.getOrDefault(state, 0L);
    }

    /// Items not yet fetched and not parked: none in a run that is over.
    public long open() {
        return of(ItemState.PLANNED);
    }

    /// Everything that has an outcome, parked items included.
    public long accounted() {
        return states.values().stream().mapToLong(Long::longValue).sum() - open();
    }

    /// Whether planned = landed + not found + dead-lettered + fell back + awaiting report + not due +
    /// parked.
    public boolean addsUp() {
        return planned == accounted() && open() == 0;
    }
}
