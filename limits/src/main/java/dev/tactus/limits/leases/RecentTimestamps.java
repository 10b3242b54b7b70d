package dev.tactus.limits.leases;

import java.util.Arrays;

/// Moments in the order they came, in a ring: the newest are looked up by rank, the oldest are dropped.
///
/// Grows up to its capacity; beyond it the oldest are forgotten. Nanoseconds. Not thread-safe.
public final class RecentTimestamps {
    private int capacity;
    private long[] ring;
    private int oldest;
    private int size;
    private long added;

    public RecentTimestamps(int capacity) {
        this.capacity = capacity;
        ring = new long[Math.min(16, capacity)];
    }

    /// Adds a moment; one before the newest is taken for the newest, so that the order holds.
    public void add(long nanos) {
        added++;
        long ordered = size == 0 ? nanos : Math.max(nanos, newest(1));
        if (size == ring.length && size < capacity) {
            grow();
        }
        if (size == ring.length) {
            ring[oldest] = ordered;
            oldest = index(1);
        } else {
            ring[index(size++)] = ordered;
        }
    }

    void makeRoomFor(int stamps) {
        capacity = Math.max(capacity, stamps);
    }

    public int size() {
        return size;
    }

    /// How many were ever added.
    long added() {
        return added;
    }

    /// The moment of that rank; 1 is the newest.
    public long newest(int rank) {
        return ring[index(size - rank)];
    }

    /// The moment at that place; 0 is the oldest.
    long at(int place) {
        return ring[index(place)];
    }

    /// Forgets moments up to and including `nanos`.
    public void dropUntil(long nanos) {
        while (size > 0 && ring[oldest] <= nanos) {
            oldest = index(1);
            size--;
        }
    }

    /// How many moments lie after `nanos`.
    public int countAfter(long nanos) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ring[index(middle)] > nanos) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return size - low;
    }

    /// Oldest first.
    public long[] toArray() {
        long[] copy = new long[size];
        Arrays.setAll(copy, at -> ring[index(at)]);
        return copy;
    }

    private int index(int fromOldest) {
        int at = oldest + fromOldest;
        return at < ring.length ? at : at - ring.length;
    }

    private void grow() {
        long[] larger = Arrays.copyOf(toArray(), (int) Math.min(capacity, ring.length * 2L));
        ring = larger;
        oldest = 0;
    }
}
