package dev.tactus.simulator.quota;

import java.util.Arrays;

/// A growing queue of longs in an array. Not thread-safe.
final class LongRingBuffer {
    private long[] values = new long[64];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(long value) {
        if (size == values.length) {
            long[] larger = Arrays.copyOf(values, values.length * 2);
            // what stood before the head moves behind the old end
            System.arraycopy(values, 0, larger, values.length, head);
            values = larger;
        }
        values[(head + size) & (values.length - 1)] = value;
        size++;
    }

    /// The value that was added `index` values after the oldest one.
    long at(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        return values[(head + index) & (values.length - 1)];
    }

    /// Drops the oldest values up to and including `limit`; the values must have been added in order.
    void dropUpTo(long limit) {
        while (size > 0 && values[head] <= limit) {
            head = (head + 1) & (values.length - 1);
            size--;
        }
    }
}
