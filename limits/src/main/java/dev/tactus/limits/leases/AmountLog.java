package dev.tactus.limits.leases;

import java.util.Arrays;

/// What was used and when, oldest first. Amounts closer to one another than a grain are kept as one, at the later
/// moment. Nanoseconds. Not thread-safe.
final class AmountLog {
    private final long grain;
    private long[] moments = new long[16];
    private long[] amounts = new long[16];
    private int oldest;
    private int end;
    private long total;

    AmountLog(long grain) {
        this.grain = grain;
    }

    void add(long moment, long amount) {
        if (amount == 0) {
            return;
        }
        total += amount;
        long ordered = end == oldest ? moment : Math.max(moment, moments[end - 1]);
        if (end > oldest && ordered - moments[end - 1] < grain) {
            moments[end - 1] = ordered;
            amounts[end - 1] += amount;
            return;
        }
        if (end == moments.length) {
            makeRoom();
        }
        moments[end] = ordered;
        amounts[end++] = amount;
    }

    private void makeRoom() {
        int size = end - oldest;
        int length = size > moments.length / 2 ? 2 * moments.length : moments.length;
        moments = Arrays.copyOf(Arrays.copyOfRange(moments, oldest, end), length);
        amounts = Arrays.copyOf(Arrays.copyOfRange(amounts, oldest, end), length);
        oldest = 0;
        end = size;
    }

    /// Forgets what was used up to and including that moment.
    void dropUntil(long moment) {
        while (oldest < end && moments[oldest] <= moment) {
            total -= amounts[oldest++];
        }
    }

    long total() {
        return total;
    }

    /// The moment up to which all has to be forgotten for no more than `room` to be left; there is more than that.
    long momentLeaving(long room) {
        long left = total;
        int place = oldest;
        while (left > room) {
            left -= amounts[place++];
        }
        return moments[place - 1];
    }
}
