package dev.tactus.limits.pacing;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Those who wait to call one path class: the highest priority first, in it callers by turns and each caller's calls in
/// the order they came; any may leave.
///
/// A caller who floods the line waits for itself: of k callers each gets every k-th turn. Not thread-safe.
final class FairQueue {
    private final PathClass kind;
    private final TreeMap<Integer, Map<String, Set<Waiter>>> priorities = new TreeMap<>(Comparator.reverseOrder());
    private int size;
    private long servedAt;

    FairQueue(PathClass kind) {
        this.kind = kind;
    }

    PathClass kind() {
        return kind;
    }

    void join(Waiter waiter) {
        priorities
                .computeIfAbsent(waiter.priority(), priority -> new LinkedHashMap<>())
                .computeIfAbsent(waiter.caller(), caller -> new LinkedHashSet<>())
                .add(waiter);
        size++;
    }

    /// Whether the waiter was still in the line.
    boolean leave(Waiter waiter) {
        Map<String, Set<Waiter>> callers = priorities.getOrDefault(waiter.priority(), Map.of());
        Set<Waiter> own = callers.get(waiter.caller());
        if (own == null || !own.remove(waiter)) {
            return false;
        }
        size--;
        if (own.isEmpty()) {
            callers.remove(waiter.caller());
            forgetIfEmpty(waiter.priority(), callers);
        }
        return true;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The highest priority of those who wait; somebody does.
    int priority() {
        return priorities.firstKey();
    }

    /// Takes the first of the caller whose turn it is, who then stands behind the other callers.
    Waiter next(long turn) {
        servedAt = turn;
        Map.Entry<Integer, Map<String, Set<Waiter>>> highest = priorities.firstEntry();
        Map<String, Set<Waiter>> callers = highest.getValue();
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
        forgetIfEmpty(highest.getKey(), callers);
        return first;
    }

    /// The turn at which this line was last served: where several lines may go, the longest unserved goes first.
    long servedAt() {
        return servedAt;
    }

    private void forgetIfEmpty(int priority, Map<String, Set<Waiter>> callers) {
        if (callers.isEmpty()) {
            priorities.remove(priority);
        }
    }
}
