package dev.tactus.limits;

import java.util.LinkedHashSet;
import java.util.Set;

/// The callers of one path class, in the order they came; anyone may leave. Not thread-safe.
final class WaitingLine {
    private final PathClass kind;
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private long servedAt;

    WaitingLine(PathClass kind) {
        this.kind = kind;
    }

    PathClass kind() {
        return kind;
    }

    void join(Waiter waiter) {
        waiting.add(waiter);
    }

    /// Whether the waiter was still in the line.
    boolean leave(Waiter waiter) {
        return waiting.remove(waiter);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Takes the one who came first.
    Waiter next(long turn) {
        servedAt = turn;
        Waiter first = waiting.iterator().next();
        waiting.remove(first);
        return first;
    }

    /// The turn at which this line was last served: where several lines may go, the longest unserved goes first.
    long servedAt() {
        return servedAt;
    }
}
