package dev.tactus.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// An API with a limit that it doesn't tell: at most so many requests in any window, 429 without a word otherwise. It
/// keeps its own log of what came when. Thread-safe.
final class LimitedService implements FakeUpstream.Service {
    private final int permits;
    private final long windowNanos;
    private final Deque<Long> admitted = new ArrayDeque<>();
    private final List<Long> arrivals = new ArrayList<>();
    private int refused;

    LimitedService(int permits, Duration window) {
        this.permits = permits;
        this.windowNanos = window.toNanos();
    }

    @Override
    public void serve(FakeUpstream.Wire wire) throws IOException {
        if (admits(System.nanoTime())) {
            wire.answer(200, "fine");
        } else {
            wire.answer(429, "no");
        }
    }

    private synchronized boolean admits(long now) {
        arrivals.add(now);
        while (!admitted.isEmpty() && admitted.getFirst() <= now - windowNanos) {
            admitted.removeFirst();
        }
        if (admitted.size() >= permits) {
            refused++;
            return false;
        }
        admitted.addLast(now);
        return true;
    }

    synchronized int refused() {
        return refused;
    }

    /// The most requests that came within one window, refused ones included.
    synchronized int mostInAWindow() {
        List<Long> sorted = arrivals.stream().sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (sorted.get(first) <= sorted.get(last) - windowNanos) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
