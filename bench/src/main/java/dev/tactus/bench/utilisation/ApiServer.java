package dev.tactus.bench.utilisation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A server that limits its callers as its documents say; written from those and from nothing of the engine's.
/// Nanoseconds.
interface ApiServer {

    /// The first moment, not before that one, at which a call would be let in if no other came before. Changes nothing.
    long opensAt(long at);

    /// A call is let in.
    void count(long at);

    /// A call is refused.
    default void refuse(long at) {}

    /// How long it works on a call that it lets in.
    default long serviceNanos() {
        return 0;
    }

    /// A call arrives; whether it is let in.
    default boolean arrives(long at) {
        if (opensAt(at) > at) {
            refuse(at);
            return false;
        }
        count(at);
        return true;
    }

    /// So many in any window that ends now.
    static ApiServer rolling(int permits, long window) {
        return new ApiServer() {
            private final Deque<Long> latest = new ArrayDeque<>();

            @Override
            public long opensAt(long at) {
                return latest.size() < permits ? at : Math.max(at, latest.getFirst() + window);
            }

            @Override
            public void count(long at) {
                latest.addLast(at);
                if (latest.size() > permits) {
                    latest.removeFirst();
                }
            }
        };
    }

    /// So many in each window.
    ///
    /// @param start where one of them begins
    static ApiServer fixed(int permits, long window, long start) {
        return new ApiServer() {
            private long number = Long.MIN_VALUE;
            private int used;

            @Override
            public long opensAt(long at) {
                boolean full = Math.floorDiv(at - start, window) == number && used >= permits;
                return full ? start + (number + 1) * window : at;
            }

            @Override
            public void count(long at) {
                long current = Math.floorDiv(at - start, window);
                used = current == number ? used + 1 : 1;
                number = current;
            }
        };
    }

    /// So many in a window that begins with the first call after the last one has ended.
    static ApiServer fromFirst(int permits, long window) {
        return new ApiServer() {
            private long began = Long.MIN_VALUE / 2;
            private int used;

            @Override
            public long opensAt(long at) {
                return at - began >= window || used < permits ? at : began + window;
            }

            @Override
            public void count(long at) {
                if (at - began >= window) {
                    began = at;
                    used = 0;
                }
                used++;
            }
        };
    }

    /// A bucket that is full at the start.
    static ApiServer bucket(double perSecond, double size) {
        return new ApiServer() {
            private double tokens = size;
            private long last;

            @Override
            public long opensAt(long at) {
                double then = at(at);
                return then >= 1 - 1e-9 ? at : at + Math.max(1, (long) Math.ceil((1 - then) / perSecond * 1e9));
            }

            private double at(long at) {
                return Math.min(size, tokens + perSecond * (at - last) / 1e9);
            }

            @Override
            public void count(long at) {
                tokens = at(at) - 1;
                last = at;
            }
        };
    }

    /// No two closer than that.
    static ApiServer spacing(long gap) {
        return new ApiServer() {
            private long next = Long.MIN_VALUE;

            @Override
            public long opensAt(long at) {
                return Math.max(at, next);
            }

            @Override
            public void count(long at) {
                next = at + gap;
            }
        };
    }

    /// So many at once, each of which takes that long.
    static ApiServer atOnce(int calls, long service) {
        return new ApiServer() {
            private final Deque<Long> ends = new ArrayDeque<>();

            @Override
            public long opensAt(long at) {
                return ends.size() < calls ? at : Math.max(at, ends.getFirst());
            }

            @Override
            public void count(long at) {
                ends.addLast(at + service);
                if (ends.size() > calls) {
                    ends.removeFirst();
                }
            }

            @Override
            public long serviceNanos() {
                return service;
            }
        };
    }

    /// One call too many closes it for a time.
    static ApiServer closing(ApiServer limit, long penalty) {
        return new ApiServer() {
            private long closedUntil = Long.MIN_VALUE;

            @Override
            public long opensAt(long at) {
                return Math.max(limit.opensAt(at), closedUntil);
            }

            @Override
            public void count(long at) {
                limit.count(at);
            }

            @Override
            public void refuse(long at) {
                closedUntil = Math.max(closedUntil, at + penalty);
            }
        };
    }

    /// All of them at once; a call that one of them refuses counts for none.
    static ApiServer all(List<ApiServer> limits) {
        return new ApiServer() {
            @Override
            public long opensAt(long at) {
                long opens = at;
                boolean moved = true;
                while (moved) {
                    moved = false;
                    for (ApiServer limit : limits) {
                        long later = limit.opensAt(opens);
                        moved |= later > opens;
                        opens = later;
                    }
                }
                return opens;
            }

            @Override
            public void count(long at) {
                limits.forEach(limit -> limit.count(at));
            }

            @Override
            public long serviceNanos() {
                return limits.stream().mapToLong(ApiServer::serviceNanos).max().orElse(0);
            }
        };
    }
}
