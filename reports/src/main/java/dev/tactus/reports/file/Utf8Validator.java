package dev.tactus.reports.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Sees whether bytes are UTF-8 (RFC 3629), piece by piece, and whether a zero is among them. Not thread-safe.
final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private boolean valid = true;
    /// Continuation bytes still to come, and the range that the next of them has to be in.
    private int missing;

    /// Characters of several bytes so far; a byte order mark may be the first.
    private long several;

    private int least = 0x80;
    private int most = 0xbf;

    boolean valid() {
        return valid && missing == 0;
    }

    /// Whether it is UTF-8 but for its last character, which is cut off.
    boolean cutOff() {
        return valid && missing > 0 && several > 1;
    }

    /// Reads on; tells whether there was a zero.
    boolean take(byte[] bytes, int from, int to) {
        boolean zero = false;
        int i = from;
        while (i < to) {
            if (missing == 0) {
                i = plain(bytes, i, to);
            }
            for (int end = Math.min(to, i + Long.BYTES); i < end; i++) {
                byte b = bytes[i];
                zero |= b == 0;
                if (valid && (b < 0 || missing > 0)) {
                    step(b & 0xff);
                }
            }
        }
        return zero;
    }

    /// Where ASCII without zeros ends, in steps of eight.
    private static int plain(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i);
            // a zero byte borrows from its own high bit
            if (((eight | (eight - LOW_BITS)) & HIGH_BITS) != 0) {
                return i;
            }
        }
        return i;
    }

    private void step(int b) {
        if (missing > 0) {
            valid = b >= least && b <= most;
            missing = valid ? missing - 1 : 0;
            several += missing == 0 ? 1 : 0;
            least = 0x80;
            most = 0xbf;
        } else if (b >= 0xc2 && b <= 0xdf) {
            missing = 1;
        } else if (b >= 0xe0 && b <= 0xef) {
            missing = 2;
            least = b == 0xe0 ? 0xa0 : 0x80;
            most = b == 0xed ? 0x9f : 0xbf;
        } else if (b >= 0xf0 && b <= 0xf4) {
            missing = 3;
            least = b == 0xf0 ? 0x90 : 0x80;
            most = b == 0xf4 ? 0x8f : 0xbf;
        } else {
            valid = false;
        }
    }
}
