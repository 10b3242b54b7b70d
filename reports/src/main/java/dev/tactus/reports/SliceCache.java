package dev.tactus.reports;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was made of bytes before, found again without making a text of them: cells of a report repeat themselves by the
/// million. Bounded: it forgets all when it is full. Not thread-safe.
///
/// A key is written with [#begin] and [#add], then looked up or given its value.
final class SliceCache<V> {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int mostEntries;
    private final long mostBytes;
    private @Nullable Entry<V>[] slots = slots(1 << 10);
    private int entries;
    private long bytes;
    private byte[] key = new byte[256];
    private int length;
    private int hash;

    private static final class Entry<V> {
        private final int hash;
        private final byte[] key;
        private final V value;

        Entry(int hash, byte[] key, V value) {
            this.hash = hash;
            this.key = key;
            this.value = value;
        }
    }

    SliceCache(int mostEntries, long mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    @SuppressWarnings("unchecked") // of one's own making
    private static <V> @Nullable Entry<V>[] slots(int length) {
        return (@Nullable Entry<V>[]) new Entry<?>[length];
    }

    void begin() {
        length = 0;
    }

    /// Adds a stretch of bytes to the key, and where it ends.
    void add(byte[] buffer, int start, int end) {
        int size = end - start;
        if (length + size + Integer.BYTES > key.length - Long.BYTES) {
            key = Arrays.copyOf(key, (length + size + 64) * 2);
        }
        System.arraycopy(buffer, start, key, length, size);
        length += size;
        // its length tells it from what follows
        key[length++] = (byte) size;
        key[length++] = (byte) (size >> 8);
        key[length++] = (byte) (size >> 16);
    }

    /// The value of the key that was written; null where there is none.
    @Nullable
    V get() {
        hash = hashed();
        int mask = slots.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Entry<V> entry = slots[i];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && Arrays.equals(entry.key, 0, entry.key.length, key, 0, length)) {
                return entry.value;
            }
        }
    }

    /// Keeps the value of the key that was just looked up in vain.
    void put(V value) {
        if (entries >= mostEntries || bytes >= mostBytes) {
            slots = slots(1 << 10);
            entries = 0;
            bytes = 0;
        }
        if (entries * 2 >= slots.length) {
            grow();
        }
        insert(slots, new Entry<>(hash, Arrays.copyOf(key, length), value));
        entries++;
        bytes += length;
    }

    private void grow() {
        @Nullable Entry<V>[] larger = slots(slots.length * 2);
        for (Entry<V> entry : slots) {
            if (entry != null) {
                insert(larger, entry);
            }
        }
        slots = larger;
    }

    private static <V> void insert(@Nullable Entry<V>[] into, Entry<V> entry) {
        int mask = into.length - 1;
        int i = entry.hash & mask;
        while (into[i] != null) {
            i = (i + 1) & mask;
        }
        into[i] = entry;
    }

    private int hashed() {
        long h = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            h = (Long.rotateLeft(h, 5) ^ (long) LONGS.get(key, i)) * MIX;
        }
        for (; i < length; i++) {
            h = (Long.rotateLeft(h, 5) ^ key[i]) * MIX;
        }
        return (int) (h ^ (h >>> 32));
    }
}
