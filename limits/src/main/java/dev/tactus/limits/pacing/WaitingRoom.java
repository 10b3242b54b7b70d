package dev.tactus.limits.pacing;

import dev.tactus.limits.leases.PacedLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everybody who waits: a line for each path class, and all deadlines in their order. Not thread-safe.
final class WaitingRoom {
    private static final Comparator<FairQueue> BY_TURN =
            Comparator.comparingInt(FairQueue::priority).reversed().thenComparingLong(FairQueue::servedAt);

    private record Place(long deadline, long number) {}

    private final Map<PathClass, FairQueue> lines = new LinkedHashMap<>();
    private final Map<Waiter, Place> places = new LinkedHashMap<>();
    private final TreeMap<Place, Waiter> byDeadline =
            new TreeMap<>(Comparator.comparingLong(Place::deadline).thenComparingLong(Place::number));
    private long numbers;
    private long turns;

    FairQueue line(PathClass kind) {
        return lines.computeIfAbsent(kind, FairQueue::new);
    }

    void join(Waiter waiter) {
        waiter.line().join(waiter);
        if (waiter.deadline() != PacedLimit.NEVER) {
            Place place = new Place(waiter.deadline(), ++numbers);
            places.put(waiter, place);
            byDeadline.put(place, waiter);
        }
    }

    boolean leave(Waiter waiter) {
        forgetDeadline(waiter);
        return waiter.line().leave(waiter);
    }

    /// Takes the one whose turn it is in that line.
    Waiter next(FairQueue line) {
        Waiter first = line.next(++turns);
        forgetDeadline(first);
        return first;
    }

    /// Takes everybody out of a line without counting it as a turn.
    List<Waiter> empty(FairQueue line) {
        List<Waiter> all = new ArrayList<>();
        while (!line.isEmpty()) {
            Waiter waiter = line.next(line.servedAt());
            forgetDeadline(waiter);
            all.add(waiter);
        }
        return all;
    }

    List<Waiter> empty() {
        return lines.values().stream().flatMap(line -> empty(line).stream()).toList();
    }

    /// Takes those whose deadline lies before `nanos`.
    List<Waiter> lateBefore(long nanos) {
        List<Waiter> late = new ArrayList<>();
        while (!byDeadline.isEmpty() && byDeadline.firstKey().deadline() < nanos) {
            Waiter waiter = byDeadline.firstEntry().getValue();
            leave(waiter);
            late.add(waiter);
        }
        return late;
    }

    /// The next deadline; [PacedLimit#NEVER] if there is none.
    long nextDeadline() {
        return byDeadline.isEmpty() ? PacedLimit.NEVER : byDeadline.firstKey().deadline();
    }

    /// The lines in which somebody waits: the highest priority first, then the longest unserved.
    List<FairQueue> byTurn() {
        List<FairQueue> waiting = new ArrayList<>();
        for (FairQueue line : lines.values()) {
            if (!line.isEmpty()) {
                waiting.add(line);
            }
        }
        waiting.sort(BY_TURN);
        return waiting;
    }

    int size() {
        return lines.values().stream().mapToInt(FairQueue::size).sum();
    }

    static PacerReply.Late late(Waiter waiter, long now) {
        return new PacerReply.Late(Duration.ofNanos(now - waiter.since()));
    }

    private void forgetDeadline(Waiter waiter) {
        Place place = places.remove(waiter);
        if (place != null) {
            byDeadline.remove(place);
        }
    }
}
