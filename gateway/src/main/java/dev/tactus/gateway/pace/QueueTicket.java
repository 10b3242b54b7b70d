package dev.tactus.gateway.pace;

import dev.tactus.limits.pacing.Permit;
import dev.tactus.limits.pacing.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request's place in the queue, which it passes in one or two stages. It ends once: told, or left. Thread-safe.
final class QueueTicket {
    private final List<Permit> held = new ArrayList<>();
    private @Nullable Ticket ticket;
    private int stage = -1;
    private boolean over;

    /// A stage has let the request through.
    ///
    /// @return what has been gathered so far, unless the request has left
    synchronized Optional<List<Permit>> holds(Permit permit) {
        if (over) {
            permit.unused();
            return Optional.empty();
        }
        held.add(permit);
        return Optional.of(List.copyOf(held));
    }

    /// The ticket of the stage the request stands before; one it has passed meanwhile is of no interest.
    void waits(int before, Ticket with) {
        boolean late;
        synchronized (this) {
            late = over;
            if (before > stage) {
                stage = before;
                ticket = with;
            }
        }
        if (late) {
            with.leave();
        }
    }

    /// The request is told what becomes of it.
    ///
    /// @return false if it has left before
    synchronized boolean told() {
        boolean first = !over;
        over = true;
        return first;
    }

    /// Gives up what was gathered, as the request won't leave.
    void release() {
        List<Permit> permits;
        synchronized (this) {
            permits = List.copyOf(held);
            held.clear();
        }
        permits.forEach(Permit::unused);
    }

    /// The request leaves the queue: its place is free at once, and nothing will be told.
    ///
    /// @return false if it has been told already
    boolean leave() {
        Ticket current;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            current = ticket;
        }
        if (current != null) {
            current.leave();
        }
        release();
        return true;
    }
}
