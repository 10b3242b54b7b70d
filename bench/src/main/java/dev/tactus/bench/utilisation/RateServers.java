package dev.tactus.bench.utilisation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Servers that limit a rate, or calls at once. Nanoseconds.
final class RateServers {
    /// what rounding may make of whole tokens
    private static final double ROUNDED = 1e-9;

    private RateServers() {}

    /// A bucket that is full at the start, of which each call takes one.
    static ApiServer bucket(double perSecond, double size) {
        return bucket(perSecond, size, 1);
    }

    /// A bucket that is full at the start.
    ///
    /// @param cost what a call takes
    static ApiServer bucket(double perSecond, double size, double cost) {
        return new ApiServer() {
            private double tokens = size;
            private long last;

            private double at(long at) {
                return Math.min(size, tokens + perSecond * (at - last) / 1e9);
            }

            @Override
            public long opensFor(int calls, long at) {
                double needed = calls * cost;
                if (needed > size) {
                    return NEVER;
                }
                double missing = needed - at(at);
                return missing <= ROUNDED ? at : at + Math.max(1, (long) Math.ceil(missing / perSecond * 1e9));
            }

            @Override
            public void count(long at) {
                tokens = at(at) - cost;
                last = at;
            }

            @Override
            public int remaining(long at) {
                return (int) Math.max(0, at(at) + ROUNDED);
            }

            @Override
            public long resetsAt(long at) {
                return at + (long) Math.ceil((size - at(at)) / perSecond * 1e9);
            }
        };
    }

    /// No two closer than that.
    static ApiServer spacing(long gap) {
        return held(gap, 0);
    }

    /// One in each gap; so many more are held back until their turn comes.
    static ApiServer held(long gap, int most) {
        return new ApiServer() {
            private long next = Long.MIN_VALUE / 2;
            private long service;

            @Override
            public long opensFor(int calls, long at) {
                if (calls > most + 1) {
                    return NEVER;
                }
                return Math.max(at, next + (calls - 1) * gap - most * gap);
            }

            @Override
            public void count(long at) {
                long turn = Math.max(at, next);
                service = turn - at;
                next = turn + gap;
            }

            @Override
            public long serviceNanos() {
                return service;
            }

            @Override
            public int remaining(long at) {
                return at >= next ? 1 : 0;
            }

            @Override
            public long resetsAt(long at) {
                return Math.max(at, next);
            }
        };
    }

    /// So many at once, each of which takes that long.
    static ApiServer atOnce(int most, long service) {
        return new ApiServer() {
            private final Deque<Long> ends = new ArrayDeque<>();

            private void end(long at) {
                while (!ends.isEmpty() && ends.getFirst() <= at) {
                    ends.removeFirst();
                }
            }

            @Override
            public long opensFor(int calls, long at) {
                if (calls > most) {
                    return NEVER;
                }
                int over = ends.size() + calls - most;
                Iterator<Long> soonest = ends.iterator();
                long opens = at;
                for (int left = 0; left < over; left++) {
                    opens = Math.max(opens, soonest.next());
                }
                return opens;
            }

            @Override
            public void count(long at) {
                end(at);
                ends.addLast(at + service);
            }

            @Override
            public long serviceNanos() {
                return service;
            }

            @Override
            public int remaining(long at) {
                end(at);
                return most - ends.size();
            }

            @Override
            public long resetsAt(long at) {
                end(at);
                return ends.isEmpty() ? at : ends.getFirst();
            }
        };
    }
}
