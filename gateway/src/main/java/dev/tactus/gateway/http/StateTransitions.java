package dev.tactus.gateway.http;

import java.util.EnumMap;
import java.util.Map;

/// Which event leads from which state to which: a machine whose every legal step is listed. Filled once, then only
/// read.
public final class StateTransitions<S extends Enum<S>, E extends Enum<E>> {
    private final Map<S, Map<E, S>> next;
    private final Class<E> events;

    public StateTransitions(Class<S> states, Class<E> events) {
        this.next = new EnumMap<>(states);
        this.events = events;
    }

    /// Lists a step.
    public void on(S state, E event, S to) {
        next.computeIfAbsent(state, _ -> new EnumMap<>(events)).put(event, to);
    }

    /// Whether the event can come in this state.
    public boolean takes(S state, E event) {
        return next.getOrDefault(state, Map.of()).containsKey(event);
    }

    /// Where the event leads.
    ///
    /// @throws IllegalStateException if the event can't come in this state
    public S after(S state, E event) {
        S to = next.getOrDefault(state, Map.of()).get(event);
        if (to == null) {
            throw new IllegalStateException(event + " while " + state);
        }
        return to;
    }
}
