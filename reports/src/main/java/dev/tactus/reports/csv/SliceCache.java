package dev.tactus.reports.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was made of bytes before, found again without making a text of them: cells of a report repeat themselves by the
/// million. Bounded: it forgets all when it is full. Not thread-safe.
///
/// A key is some stretches of a buffer: looked up with [#get], then, if it was in vain, given its value with [#put].
public final class SliceCache<V> {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private static final int FEWEST_SLOTS = 1 << 10;

    private final int mostEntries;
    private final long mostBytes;
    /// The key's hash, then in the lower half the number of its entry, from 1; 0 for none. Half of them at most are
    /// used.
    private long[] slots = new long[FEWEST_SLOTS];
    private int entries;
    /// All keys one after the other: with an object for each, a look-up waits for memory three times.
    private byte[] keys = new byte[1 << 12];
    private int[] keyEnds = new int[FEWEST_SLOTS / 2];
    private @Nullable V[] values = values(FEWEST_SLOTS / 2);
    // the key that was looked up last
    private byte[] keyBuffer = new byte[0];
    private int[] keyStretches = new int[0];
    private int keyLength;
    private int keyHash;

    public SliceCache(int mostEntries, long mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    @SuppressWarnings("unchecked") // of one's own making
    private static <V> @Nullable V[] values(int length) {
        return (@Nullable V[]) new Object[length];
    }

    /// The value of the key that these stretches make; null where there is none. They must stay as they are until
    /// [#put].
    ///
    /// @param stretches pairs of start and end
    public @Nullable V get(byte[] buffer, int[] stretches, int length) {
        keyBuffer = buffer;
        keyStretches = stretches;
        keyLength = length;
        int hash = hash(buffer, stretches, length);
        keyHash = hash;
        int mask = slots.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            long slot = slots[i];
            if (slot == 0) {
                return null;
            }
            if ((int) (slot >>> Integer.SIZE) == hash) {
                int entry = (int) slot - 1;
                if (same(entry, buffer, stretches, length)) {
                    return values[entry];
                }
            }
        }
    }

    /// A key has each stretch with its length before it.
    private boolean same(int entry, byte[] buffer, int[] stretches, int length) {
        int at = start(entry);
        int end = keyEnds[entry];
        for (int i = 0; i < length; i += 2) {
            int start = stretches[i];
            int size = stretches[i + 1] - start;
            if (at + Integer.BYTES + size > end || (int) INTS.get(keys, at) != size) {
                return false;
            }
            at += Integer.BYTES;
            if (!Arrays.equals(keys, at, at + size, buffer, start, start + size)) {
                return false;
            }
            at += size;
        }
        return at == end;
    }

    private int start(int entry) {
        return entry == 0 ? 0 : keyEnds[entry - 1];
    }

    /// Keeps the value of the key that was just looked up in vain.
    public void put(V value) {
        if (entries >= mostEntries || start(entries) >= mostBytes) {
            Arrays.fill(slots, 0);
            Arrays.fill(values, null);
            entries = 0;
        }
        if (entries == values.length) {
            grow();
        }
        int at = start(entries);
        for (int i = 0; i < keyLength; i += 2) {
            int length = keyStretches[i + 1] - keyStretches[i];
            int after = at + Integer.BYTES + length;
            if (after > keys.length) {
                keys = Arrays.copyOf(keys, Math.max(after, keys.length * 2));
            }
            INTS.set(keys, at, length);
            System.arraycopy(keyBuffer, keyStretches[i], keys, at + Integer.BYTES, length);
            at = after;
        }
        keyEnds[entries] = at;
        values[entries] = value;
        entries++;
        insert(slots, (long) keyHash << Integer.SIZE | entries);
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long slot : slots) {
            if (slot != 0) {
                insert(larger, slot);
            }
        }
        slots = larger;
        keyEnds = Arrays.copyOf(keyEnds, larger.length / 2);
        values = Arrays.copyOf(values, larger.length / 2);
    }

    private static void insert(long[] into, long slot) {
        int mask = into.length - 1;
        int i = (int) (slot >>> Integer.SIZE) & mask;
        while (into[i] != 0) {
            i = (i + 1) & mask;
        }
        into[i] = slot;
    }

    private static int hash(byte[] buffer, int[] stretches, int length) {
        long h = length;
        for (int s = 0; s < length; s += 2) {
            int start = stretches[s];
            int i = start;
            int end = stretches[s + 1];
            h = (Long.rotateLeft(h, 5) ^ (end - i)) * MIX;
            for (; i + Long.BYTES <= end; i += Long.BYTES) {
                h = (Long.rotateLeft(h, 5) ^ (long) LONGS.get(buffer, i)) * MIX;
            }
            if (end - start >= Long.BYTES) {
                // the last eight, some of them once more
                h = (Long.rotateLeft(h, 5) ^ (long) LONGS.get(buffer, end - Long.BYTES)) * MIX;
                continue;
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
