package dev.tactus.limits.pacing;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Those who wait to call one path class: callers by turns, each caller's calls in the order they came; any may leave.
///
/// A caller who floods the line waits for itself: of k callers each gets every k-th turn. Not thread-safe.
final class FairQueue {
    private final PathClass kind;
    private final Map<String, Set<Waiter>> callers = new LinkedHashMap<>();
    private int size;
    private long servedAt;

    FairQueue(PathClass kind) {
        this.kind = kind;
    }

    PathClass kind() {
        return kind;
    }

    void join(Waiter waiter) {
        callers.computeIfAbsent(waiter.caller(), caller -> new LinkedHashSet<>())
                .add(waiter);
        size++;
    }

    /// Whether the waiter was still in the line.
    boolean leave(Waiter waiter) {
        Set<Waiter> own = callers.get(waiter.caller());
        if (own == null || !own.remove(waiter)) {
            return false;
        }
        size--;
        if (own.isEmpty()) {
            callers.remove(waiter.caller());
        }
        return true;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// Takes the first of the caller whose turn it is, who then stands behind the other callers.
    Waiter next(long turn) {
        servedAt = turn;
        Map.Entry<String, Set<Waiter>> caller = callers.entrySet().iterator().next();
        Set<Waiter> own = caller.getValue();
        Iterator<Waiter> inOrder = own.iterator();
        Waiter first = inOrder.next();
        inOrder.remove();
        size--;
        String name = caller.getKey();
        callers.remove(name);
        if (!own.isEmpty()) {
            callers.put(name, own);
        }
        return first;
    }

    /// The turn at which this line was last served: where several lines may go, the longest unserved goes first.
    long servedAt() {
        return servedAt;
    }
}
