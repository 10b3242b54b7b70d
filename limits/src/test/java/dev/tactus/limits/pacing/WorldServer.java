package dev.tactus.limits.pacing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Servers that count as those of the world do, written from their own sources and documents and from nothing of ours.
final class WorldServer {
    private static final long MILLI = 1_000_000;

    private WorldServer() {}

    /// nginx's `limit_req` with `nodelay`: a leaky bucket in thousandths of a request and whole milliseconds
    /// (ngx_http_limit_req_module.c); a refused request leaves it as it was.
    static FakeServer nginx(int perSecond, int burst) {
        return new FakeServer() {
            private final long rate = perSecond * 1000L;
            private final long most = burst * 1000L;
            private boolean any;
            private long excess;
            private long last;

            @Override
            public boolean accepts(long nanos) {
                long now = nanos / MILLI;
                if (!any) {
                    any = true;
                    last = now;
                    return true;
                }
                long next = Math.max(0, excess - rate * Math.abs(now - last) / 1000 + 1000);
                if (next > most) {
                    return false;
                }
                excess = next;
                last = now;
                return true;
            }
        };
    }

    /// A bucket of tokens that is full at the start; a call takes some of them (Shopify, Amazon's SP-API and EC2).
    static FakeServer bucket(double perSecond, double size, double cost) {
        return new FakeServer() {
            private double tokens = size;
            private long last;

            @Override
            public boolean accepts(long nanos) {
                tokens = Math.min(size, tokens + perSecond * (nanos - last) / 1e9);
                last = nanos;
                if (tokens < cost) {
                    return false;
                }
                tokens -= cost;
                return true;
            }
        };
    }

    /// So many a day, by the midnights of a zone (YouTube).
    static FakeServer daily(int permits, ZoneId zone, Instant start) {
        return new FakeServer() {
            private LocalDate day = LocalDate.MIN;
            private int used;

            @Override
            public boolean accepts(long nanos) {
                LocalDate today = LocalDate.ofInstant(start.plusNanos(nanos), zone);
                if (!today.equals(day)) {
                    day = today;
                    used = 0;
                }
                return used < permits && ++used > 0;
            }
        };
    }

    /// So many in a window that begins with the first call after the last one has ended (SoundCloud, AutoPod).
    static FakeServer fromFirst(int permits, long window) {
        return new FakeServer() {
            private long began = Long.MIN_VALUE / 2;
            private int used;

            @Override
            public boolean accepts(long nanos) {
                if (nanos - began >= window) {
                    began = nanos;
                    used = 0;
                }
                return used < permits && ++used > 0;
            }
        };
    }

    /// So many at once, each of which takes that long.
    static FakeServer concurrent(int calls, long service) {
        return new FakeServer() {
            private final PriorityQueue<Long> done = new PriorityQueue<>(Comparator.naturalOrder());

            @Override
            public boolean accepts(long nanos) {
                while (!done.isEmpty() && done.peek() <= nanos) {
                    done.remove();
                }
                return done.size() < calls && done.add(nanos + service);
            }

            @Override
            public long serviceNanos() {
                return service;
            }
        };
    }

    /// A limit that shuts out everybody for a time after one call too many (Cloudflare).
    static FakeServer penalising(FakeServer limit, long penalty) {
        return new FakeServer() {
            private long closedUntil = Long.MIN_VALUE;

            @Override
            public boolean accepts(long nanos) {
                if (nanos < closedUntil) {
                    return false;
                }
                boolean accepted = limit.accepts(nanos);
                closedUntil = accepted ? closedUntil : nanos + penalty;
                return accepted;
            }
        };
    }

    /// All of several limits; a call that one of them refuses counts for none.
    static FakeServer both(FakeServer one, FakeServer other) {
        return nanos -> one.accepts(nanos) && other.accepts(nanos);
    }
}
