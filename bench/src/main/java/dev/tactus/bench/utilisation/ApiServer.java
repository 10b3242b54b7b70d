package dev.tactus.bench.utilisation;

import java.util.List;

/// A server that limits its callers as its documents say; written from those and from nothing of the engine's.
/// Nanoseconds.
interface ApiServer {
    /// No moment at all: calls under way have to arrive first.
    long NEVER = Long.MAX_VALUE;

    /// The first moment, not before that one, at which so many calls would all be let in if they arrived together and
    /// no other came before. Changes nothing.
    long opensFor(int calls, long at);

    /// A call is let in.
    void count(long at);

    /// A call is refused.
    default void refuse(long at) {}

    /// How long it works on the call that it let in last.
    default long serviceNanos() {
        return 0;
    }

    /// How many more calls it would let in now, as its headers tell it.
    int remaining(long at);

    /// When that number is whole again, or at least larger.
    long resetsAt(long at);

    /// A call arrives; whether it is let in.
    default boolean arrives(long at) {
        if (opensFor(1, at) > at) {
            refuse(at);
            return false;
        }
        count(at);
        return true;
    }

    /// Who goes on after being refused is shut out for a time.
    ///
    /// @param patience how many refused calls in a row it bears
    static ApiServer closing(ApiServer limit, int patience, long penalty) {
        return new ApiServer() {
            private long closedUntil = Long.MIN_VALUE;
            private int row;

            @Override
            public long opensFor(int calls, long at) {
                return Math.max(limit.opensFor(calls, Math.max(at, closedUntil)), closedUntil);
            }

            @Override
            public void count(long at) {
                limit.count(at);
                row = 0;
            }

            @Override
            public void refuse(long at) {
                if (at >= closedUntil && ++row > patience) {
                    closedUntil = at + penalty;
                    row = 0;
                }
            }

            @Override
            public int remaining(long at) {
                return at < closedUntil ? 0 : limit.remaining(at);
            }

            @Override
            public long resetsAt(long at) {
                return Math.max(closedUntil, limit.resetsAt(at));
            }
        };
    }

    /// All of them at once; a call that one of them refuses counts for none. Headers tell the first.
    static ApiServer all(ApiServer... limits) {
        List<ApiServer> each = List.of(limits);
        return new ApiServer() {
            @Override
            public long opensFor(int calls, long at) {
                long opens = at;
                boolean moved = true;
                while (moved && opens < NEVER) {
                    moved = false;
                    for (ApiServer limit : each) {
                        long later = limit.opensFor(calls, opens);
                        moved |= later > opens;
                        opens = Math.max(opens, later);
                    }
                }
                return opens;
            }

            @Override
            public void count(long at) {
                each.forEach(limit -> limit.count(at));
            }

            @Override
            public void refuse(long at) {
                each.forEach(limit -> limit.refuse(at));
            }

            @Override
            public long serviceNanos() {
                return each.stream().mapToLong(ApiServer::serviceNanos).max().orElse(0);
            }

            @Override
            public int remaining(long at) {
                return each.getFirst().remaining(at);
            }

            @Override
            public long resetsAt(long at) {
                return each.getFirst().resetsAt(at);
            }
        };
    }
}
