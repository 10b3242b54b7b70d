package dev.tactus.bench.utilisation;

import dev.tactus.limits.Limit;
import java.util.Arrays;

/// One limit on the far side, counted the way some real server counts. Nanoseconds.
interface LimitedServer {

    /// Whether a call that arrives then would be accepted.
    boolean hasRoom(long now);

    /// Counts a call that arrived then.
    void count(long now, boolean accepted);

    /// Changes the limit while it counts.
    void permits(int permits);

    /// The ways in which servers count.
    enum Kind {
        LOG("exact log"),
        LOG_COUNTING_REJECTIONS("log counting rejections"),
        SLIDING_COUNTER("sliding counter"),
        FIXED_WINDOW("fixed window");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /// @param offset how far its windows are shifted against the start
        LimitedServer server(Limit limit, long offset) {
            long window = limit.window().toNanos();
            return switch (this) {
                case LOG -> new Log(limit.permits(), window, false);
                case LOG_COUNTING_REJECTIONS -> new Log(limit.permits(), window, true);
                case SLIDING_COUNTER -> new Counter(limit.permits(), window, offset, true);
                case FIXED_WINDOW -> new Counter(limit.permits(), window, offset, false);
            };
        }
    }

    /// The calls of the last W, wherever W starts.
    final class Log implements LimitedServer {
        private final long window;
        private final boolean countsRejections;
        private int permits;
        private long[] ring = new long[1024];
        private int oldest;
        private int size;

        Log(int permits, long window, boolean countsRejections) {
            this.permits = permits;
            this.window = window;
            this.countsRejections = countsRejections;
        }

        @Override
        public boolean hasRoom(long now) {
            while (size > 0 && ring[oldest] <= now - window) {
                oldest = (oldest + 1) % ring.length;
                size--;
            }
            return size < permits;
        }

        @Override
        public void count(long now, boolean accepted) {
            if (!accepted && !countsRejections) {
                return;
            }
            if (size == ring.length) {
                long[] larger = Arrays.copyOfRange(ring, oldest, oldest + 2 * size);
                System.arraycopy(ring, 0, larger, size - oldest, oldest);
                ring = larger;
                oldest = 0;
            }
            ring[(oldest + size++) % ring.length] = now;
        }

        @Override
        public void permits(int moved) {
            permits = moved;
        }
    }

    /// The calls of this fixed window and, where `blended`, those of the one before, weighted by how much of it the
    /// sliding one covers.
    final class Counter implements LimitedServer {
        private final long window;
        private final long offset;
        private final boolean blended;
        private int permits;
        private long number = Long.MIN_VALUE;
        private long before;
        private long here;

        Counter(int permits, long window, long offset, boolean blended) {
            this.permits = permits;
            this.window = window;
            this.offset = offset;
            this.blended = blended;
        }

        @Override
        public boolean hasRoom(long now) {
            long current = Math.floorDiv(now - offset, window);
            if (current != number) {
                before = current == number + 1 ? here : 0;
                here = 0;
                number = current;
            }
            double covered = 1 - Math.floorMod(now - offset, window) / (double) window;
            return here + (blended ? before * covered : 0) + 1 <= permits;
        }

        @Override
        public void count(long now, boolean accepted) {
            if (accepted) {
                here++;
            }
        }

        @Override
        public void permits(int moved) {
            permits = moved;
        }
    }
}
