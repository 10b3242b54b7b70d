package dev.tactus.reports;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was made of bytes before, found again without making a text of them: cells of a report repeat themselves by the
/// million. Bounded: it forgets all when it is full. Not thread-safe.
///
/// A key is some stretches of a buffer: looked up with [#get], then, if it was in vain, given its value with [#put].
final class SliceCache<V> {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int mostEntries;
    private final long mostBytes;
    private @Nullable Entry<V>[] slots = slots(1 << 10);
    private int entries;
    private long bytes;
    // the key that was looked up last
    private byte[] keyBuffer = new byte[0];
    private int[] keyStretches = new int[0];
    private int keyLength;
    private int keyHash;

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

    /// The value of the key that these stretches make; null where there is none. They must stay as they are until
    /// [#put].
    ///
    /// @param stretches pairs of start and end
    @Nullable
    V get(byte[] buffer, int[] stretches, int length) {
        keyBuffer = buffer;
        keyStretches = stretches;
        keyLength = length;
        int hash = hash(buffer, stretches, length);
        keyHash = hash;
        int mask = slots.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Entry<V> entry = slots[i];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && same(entry.key, buffer, stretches, length)) {
                return entry.value;
            }
        }
    }

    /// A key has each stretch with its length before it.
    private static boolean same(byte[] key, byte[] buffer, int[] stretches, int length) {
        int at = 0;
        for (int i = 0; i < length; i += 2) {
            int start = stretches[i];
            int size = stretches[i + 1] - start;
            if (at + Integer.BYTES > key.length || (int) INTS.get(key, at) != size) {
                return false;
            }
            at += Integer.BYTES;
            if (!Arrays.equals(key, at, at + size, buffer, start, start + size)) {
                return false;
            }
            at += size;
        }
        return at == key.length;
    }

    private byte[] key() {
        int size = 0;
        for (int i = 0; i < keyLength; i += 2) {
            size += Integer.BYTES + keyStretches[i + 1] - keyStretches[i];
        }
        byte[] key = new byte[size];
        int at = 0;
        for (int i = 0; i < keyLength; i += 2) {
            int length = keyStretches[i + 1] - keyStretches[i];
            INTS.set(key, at, length);
            System.arraycopy(keyBuffer, keyStretches[i], key, at + Integer.BYTES, length);
            at += Integer.BYTES + length;
        }
        return key;
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
        byte[] key = key();
        insert(slots, new Entry<>(keyHash, key, value));
        entries++;
        bytes += key.length;
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

    private static int hash(byte[] buffer, int[] stretches, int length) {
        long h = length;
        for (int s = 0; s < length; s += 2) {
            int i = stretches[s];
            int end = stretches[s + 1];
            h = (Long.rotateLeft(h, 5) ^ (end - i)) * MIX;
            for (; i + Long.BYTES <= end; i += Long.BYTES) {
                h = (Long.rotateLeft(h, 5) ^ (long) LONGS.get(buffer, i)) * MIX;
            }
            long rest = 0;
            for (; i < end; i++) {
                rest = rest << Byte.SIZE | (buffer[i] & 0xff);
            }
            h = (Long.rotateLeft(h, 5) ^ rest) * MIX;
        }
        return (int) (h ^ (h >>> 32));
    }
}
