package dev.tactus.limits.leases;

/// The condition of [PacedLimit] over every start b of a sliding counter's window. Pure; nanoseconds.
///
/// For one moment t what such a counter holds rises with b, and falls where a stamp e passes from *here* to *before*
/// (b = e) and where it leaves *before* (b = e + W). So only the b up to those moments matter, and each of them allows
/// calls from a moment of its own on. Between answers, what one moment allows every later one does: a window that
/// starts later holds, when it starts, what the log holds then. Linear in the stamps of two windows.
final class SlidingCounterCondition {
    private SlidingCounterCondition() {}

    /// The first moment from `at` on at which here + before × (1 − (t − b)/W) ≤ room for all b in (t − W, t].
    ///
    /// @param at a moment at which the log's condition holds: no more than `room` stamps in (at − W, at]
    static long earliest(RecentTimestamps stamps, double room, long window, long at) {
        int size = stamps.size();
        int recent = size - stamps.countAfter(at - window);
        int first = size - stamps.countAfter(at - 2 * window + 1);
        if (size - first <= room) {
            return at;
        }
        return Math.max(
                whereHereFalls(stamps, first, recent, room, window, at),
                whereBeforeFalls(stamps, first, recent, room, window, at));
    }

    private static long whereHereFalls(
            RecentTimestamps stamps, int first, int recent, double room, long window, long at) {
        int size = stamps.size();
        long latest = at;
        int low = first;
        for (int place = recent; place < size; place++) {
            long start = stamps.at(place);
            while (stamps.at(low) <= start - window) {
                low++;
            }
            latest = Math.max(latest, allowed(start, room - (size - place), place - low, window, latest));
        }
        return latest;
    }

    private static long whereBeforeFalls(
            RecentTimestamps stamps, int first, int recent, double room, long window, long at) {
        int size = stamps.size();
        long latest = at;
        int high = recent;
        for (int place = first; place < recent; place++) {
            long start = stamps.at(place) + window - 1;
            while (high < size && stamps.at(high) < start) {
                high++;
            }
            latest = Math.max(latest, allowed(start, room - (size - high), high - place, window, latest));
        }
        return latest;
    }

    /// From when on before × (1 − (t − start)/W) ≤ room holds, or `latest` where it holds by then.
    private static long allowed(long start, double room, int before, long window, long latest) {
        if (before * (double) (window - (latest - start)) <= room * window) {
            return latest;
        }
        return start + (long) Math.ceil(window * (1 - room / before));
    }
}
