package dev.tactus.limits.pacing;

import java.util.ArrayDeque;
import java.util.Deque;

/// A server with one limit, counted the way some real one counts. Nanoseconds.
interface FakeServer {
    /// Whether a call that arrives then is accepted.
    boolean accepts(long nanos);

    /// How long it works on a call that it accepts.
    default long serviceNanos() {
        return 0;
    }

    /// Another ceiling from now on.
    default void permits(int moved) {
        throw new UnsupportedOperationException("this server's ceiling stands still");
    }

    /// A log of the calls accepted in the last W.
    static FakeServer slidingLog(int permits, long window) {
        return new Log(permits, window, false);
    }

    /// A log of all calls in the last W, refused ones too.
    static FakeServer logCountingRefusals(int permits, long window) {
        return new Log(permits, window, true);
    }

    /// The calls of this fixed window and those of the one before, weighted by how much of it the sliding one covers.
    static FakeServer slidingCounter(int permits, long window) {
        return new Counter(permits, window, true);
    }

    /// The calls of this fixed window.
    static FakeServer fixedWindow(int permits, long window) {
        return new Counter(permits, window, false);
    }

    final class Log implements FakeServer {
        private final Deque<Long> calls = new ArrayDeque<>();
        private int permits;
        private final long window;
        private final boolean countsRefusals;

        Log(int permits, long window, boolean countsRefusals) {
            this.permits = permits;
            this.window = window;
            this.countsRefusals = countsRefusals;
        }

        @Override
        public void permits(int moved) {
            permits = moved;
        }

        @Override
        public boolean accepts(long nanos) {
            while (!calls.isEmpty() && calls.getFirst() <= nanos - window) {
                calls.removeFirst();
            }
            boolean room = calls.size() < permits;
            if (room || countsRefusals) {
                calls.addLast(nanos);
            }
            return room;
        }
    }

    final class Counter implements FakeServer {
        private int permits;
        private final long window;
        private final boolean blended;
        private long number = -1;
        private long before;
        private long here;

        Counter(int permits, long window, boolean blended) {
            this.permits = permits;
            this.window = window;
            this.blended = blended;
        }

        @Override
        public void permits(int moved) {
            permits = moved;
        }

        @Override
        public boolean accepts(long nanos) {
            long current = Math.floorDiv(nanos, window);
            if (current != number) {
                before = current == number + 1 ? here : 0;
                here = 0;
                number = current;
            }
            double covered = 1 - Math.floorMod(nanos, window) / (double) window;
            double used = here + (blended ? before * covered : 0);
            if (used + 1 > permits) {
                return false;
            }
            here++;
            return true;
        }
    }
}
