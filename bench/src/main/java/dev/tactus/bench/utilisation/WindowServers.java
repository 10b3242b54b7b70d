package dev.tactus.bench.utilisation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Servers that count calls in windows. Nanoseconds.
final class WindowServers {
    private WindowServers() {}

    /// So many in any window that ends now.
    static ApiServer rolling(int permits, long window) {
        return new Rolling(permits, window, false);
    }

    /// The same where refused calls count, too.
    static ApiServer rollingCountingRefused(int permits, long window) {
        return new Rolling(permits, window, true);
    }

    private record Rolling(int permits, long window, boolean countsRefused, Deque<Long> latest) implements ApiServer {
        Rolling(int permits, long window, boolean countsRefused) {
            this(permits, window, countsRefused, new ArrayDeque<>());
        }

        private void forget(long at) {
            while (!latest.isEmpty() && latest.getFirst() <= at - window) {
                latest.removeFirst();
            }
        }

        @Override
        public long opensFor(int calls, long at) {
            if (calls > permits) {
                return NEVER;
            }
            int over = latest.size() + calls - permits;
            Iterator<Long> oldest = latest.iterator();
            long opens = at;
            for (int left = 0; left < over; left++) {
                opens = Math.max(opens, oldest.next() + window);
            }
            return opens;
        }

        @Override
        public void count(long at) {
            forget(at);
            latest.addLast(at);
        }

        @Override
        public void refuse(long at) {
            if (countsRefused) {
                count(at);
            }
        }

        @Override
        public int remaining(long at) {
            forget(at);
            return Math.max(0, permits - latest.size());
        }

        @Override
        public long resetsAt(long at) {
            forget(at);
            return latest.isEmpty() ? at : latest.getFirst() + window;
        }
    }

    /// So many in each window.
    ///
    /// @param start where one of them begins
    static ApiServer fixed(int permits, long window, long start) {
        return new ApiServer() {
            private long number = Long.MIN_VALUE;
            private int used;

            private int usedIn(long at) {
                return Math.floorDiv(at - start, window) == number ? used : 0;
            }

            @Override
            public long opensFor(int calls, long at) {
                if (calls > permits) {
                    return NEVER;
                }
                return usedIn(at) + calls <= permits ? at : resetsAt(at);
            }

            @Override
            public void count(long at) {
                used = usedIn(at) + 1;
                number = Math.floorDiv(at - start, window);
            }

            @Override
            public int remaining(long at) {
                return permits - usedIn(at);
            }

            @Override
            public long resetsAt(long at) {
                return start + (Math.floorDiv(at - start, window) + 1) * window;
            }
        };
    }

    /// So many in a window that begins with the first call after the last one has ended.
    static ApiServer fromFirst(int permits, long window) {
        return new ApiServer() {
            private long began = Long.MIN_VALUE / 2;
            private int used;

            @Override
            public long opensFor(int calls, long at) {
                if (calls > permits) {
                    return NEVER;
                }
                return at - began >= window || used + calls <= permits ? at : began + window;
            }

            @Override
            public void count(long at) {
                if (at - began >= window) {
                    began = at;
                    used = 0;
                }
                used++;
            }

            @Override
            public int remaining(long at) {
                return at - began >= window ? permits : permits - used;
            }

            @Override
            public long resetsAt(long at) {
                return Math.max(at, began + window);
            }
        };
    }

    /// A moving average of two windows: this one's calls, and those of the one before as far as it is still covered.
    static ApiServer counter(int permits, long window, long start) {
        return new ApiServer() {
            private long number = Long.MIN_VALUE / 2;
            private int latest;
            private int earlier;

            private long windowOf(long at) {
                return Math.floorDiv(at - start, window);
            }

            private int here(long at) {
                return windowOf(at) == number ? latest : 0;
            }

            private int before(long at) {
                long later = windowOf(at) - number;
                return later == 0 ? earlier : later == 1 ? latest : 0;
            }

            private double used(long at) {
                double past = Math.floorMod(at - start, window) / (double) window;
                return here(at) + before(at) * (1 - past);
            }

            @Override
            public long opensFor(int calls, long at) {
                if (calls > permits) {
                    return NEVER;
                }
                if (used(at) + calls <= permits) {
                    return at;
                }
                double room = (double) permits - here(at) - calls;
                long seam = start + windowOf(at) * window;
                if (room < 0) {
                    return opensFor(calls, seam + window);
                }
                return Math.max(at + 1, seam + (long) Math.ceil(window * (1 - room / before(at))) + 1);
            }

            @Override
            public void count(long at) {
                int before = before(at);
                latest = here(at) + 1;
                earlier = before;
                number = windowOf(at);
            }

            @Override
            public int remaining(long at) {
                return (int) Math.max(0, Math.floor(permits - used(at)));
            }

            @Override
            public long resetsAt(long at) {
                return start + (windowOf(at) + 1) * window;
            }
        };
    }
}
