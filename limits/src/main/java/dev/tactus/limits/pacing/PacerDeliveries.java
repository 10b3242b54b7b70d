package dev.tactus.limits.pacing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Replies that have been decided and are to be told, outside all locks.
///
/// A receiver that makes further turns come (it ends its permit, or enters again) has them told by the same thread
/// once it is done, so that receivers never pile up on one another. A thread that waits for its reply is told at
/// once: that only wakes it. What one receiver throws, an [Error] included, harms no other; it goes to the thread's
/// handler of uncaught ones when everybody has been told. [#add] and [#take] are called under the pacer's lock, the
/// rest is confined to the calling thread.
final class PacerDeliveries {
    private record Delivery(Waiter waiter, PacerReply reply, Duration waited) {}

    private final PacerListeners listeners;

    private List<Delivery> decided = new ArrayList<>();

    @SuppressWarnings("ThreadLocalUsage") // another pacer's replies are its own, and a value lives for one call
    private final ThreadLocal<Deque<Delivery>> running = new ThreadLocal<>();

    PacerDeliveries(PacerListeners listeners) {
        this.listeners = listeners;
    }

    void add(Waiter waiter, PacerReply reply, long now) {
        decided.add(new Delivery(waiter, reply, Duration.ofNanos(now - waiter.since())));
    }

    /// What has been decided since it was last asked, to be told by the caller after it has left the lock.
    Runnable take() {
        if (decided.isEmpty()) {
            return () -> {};
        }
        List<Delivery> due = decided;
        decided = new ArrayList<>();
        return () -> tell(due);
    }

    private void tell(List<Delivery> due) {
        due.forEach(delivery -> listeners.replied(delivery.waiter(), delivery.reply(), delivery.waited()));
        Deque<Delivery> outer = running.get();
        if (outer == null) {
            tellAll(new ArrayDeque<>(due));
            return;
        }
        for (Delivery delivery : due) {
            if (delivery.waiter().receiver() instanceof BlockedThread thread) {
                thread.accept(delivery.reply());
            } else {
                outer.add(delivery);
            }
        }
    }

    private void tellAll(Deque<Delivery> due) {
        List<Throwable> uncaught = new ArrayList<>();
        running.set(due);
        try {
            while (!due.isEmpty()) {
                Delivery delivery = due.removeFirst();
                try {
                    delivery.waiter().receiver().accept(delivery.reply());
                } catch (Throwable failed) {
                    uncaught.add(failed);
                    if (delivery.reply() instanceof Admission.Granted(Permit permit)) {
                        permit.lost();
                    }
                }
            }
        } finally {
            running.remove();
        }
        Thread thread = Thread.currentThread();
        uncaught.forEach(failed -> thread.getUncaughtExceptionHandler().uncaughtException(thread, failed));
    }
}
