package dev.tactus.reports.sums;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/// Rows that stand in a file more than once, to the byte, told by 64 bits of a hash: enough for a remark. Bounded: of
/// more than two million different rows the first are compared. Not thread-safe.
public final class RepeatedRows {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int MOST = 1 << 21;
    /// So many are looked up one after the other: the processor then waits for their memory at once.
    private static final int TOGETHER = 64;

    /// Half of them at most are used; 0 for none.
    private long[] slots = new long[1 << 10];

    private final long[] hashes = new long[TOGETHER];
    private final long[] lines = new long[TOGETHER];
    private int waiting;
    private int entries;
    private long repeated;
    private long firstLine;

    public void see(byte[] row, long line) {
        hashes[waiting] = hash(row);
        lines[waiting++] = line;
        if (waiting == TOGETHER) {
            lookUp();
        }
    }

    private void lookUp() {
        for (int i = 0; i < waiting; i++) {
            lookUp(hashes[i], lines[i]);
        }
        waiting = 0;
    }

    private void lookUp(long hash, long line) {
        int mask = slots.length - 1;
        for (int i = (int) (hash >>> Integer.SIZE) & mask; ; i = (i + 1) & mask) {
            if (slots[i] == hash) {
                if (repeated++ == 0) {
                    firstLine = line;
                }
                return;
            }
            if (slots[i] == 0) {
                if (entries < MOST) {
                    slots[i] = hash;
                    entries++;
                    if (entries * 2 > slots.length) {
                        grow();
                    }
                }
                return;
            }
        }
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        int mask = slots.length - 1;
        for (long hash : old) {
            if (hash != 0) {
                int i = (int) (hash >>> Integer.SIZE) & mask;
                while (slots[i] != 0) {
                    i = (i + 1) & mask;
                }
                slots[i] = hash;
            }
        }
    }

    private static long hash(byte[] row) {
        long h = row.length;
        int i = 0;
        for (; i + Long.BYTES <= row.length; i += Long.BYTES) {
            h = (Long.rotateLeft(h, 5) ^ (long) LONGS.get(row, i)) * MIX;
        }
        for (; i < row.length; i++) {
            h = (Long.rotateLeft(h, 5) ^ row[i]) * MIX;
        }
        h = (h ^ (h >>> 29)) * MIX;
        return h == 0 ? 1 : h;
    }

    /// What to tell of them; absent where each row stands once.
    public Optional<String> remark() {
        lookUp();
        return repeated == 0
                ? Optional.empty()
                : Optional.of(repeated + (repeated == 1 ? " row is" : " rows are")
                        + " identical to an earlier one, the first on line " + firstLine);
    }
}
