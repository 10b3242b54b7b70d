package dev.tactus.ingest.catalog;

import dev.tactus.music.identifiers.Isrc;
import java.util.Arrays;

/// A set of ISRCs at 8 to 16 bytes each: a million of them take 16 MB, where a hash set of texts takes 100.
///
/// Open addressing over ISRCs packed into a long (there are 3 × 10^14 of them). Not safe for use by several threads.
public final class IsrcSet {
    private static final long ABSENT = -1;

    private long[] slots = empty(1024);
    private int size;

    /// Adds an ISRC; returns whether it is new.
    public boolean add(Isrc isrc) {
        if (2 * size >= slots.length) {
            grow();
        }
        return put(packed(isrc));
    }

    public boolean contains(Isrc isrc) {
        long packed = packed(isrc);
        for (int i = slot(packed); slots[i] != ABSENT; i = (i + 1) & (slots.length - 1)) {
            if (slots[i] == packed) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    private boolean put(long packed) {
        int i = slot(packed);
        while (slots[i] != ABSENT) {
            if (slots[i] == packed) {
                return false;
            }
            i = (i + 1) & (slots.length - 1);
        }
        slots[i] = packed;
        size++;
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = empty(2 * old.length);
        size = 0;
        for (long packed : old) {
            if (packed != ABSENT) {
                put(packed);
            }
        }
    }

    private int slot(long packed) {
        long mixed = packed * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (slots.length - 1);
    }

    private static long packed(Isrc isrc) {
        return Long.parseLong(isrc.value(), 0, 5, 36) * 10_000_000L + Integer.parseInt(isrc.value(), 5, 12, 10);
    }

    private static long[] empty(int length) {
        long[] slots = new long[length];
        Arrays.fill(slots, ABSENT);
        return slots;
    }
}
