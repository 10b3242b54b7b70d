package dev.tactus.reports;

/// Sees whether bytes are UTF-8 (RFC 3629), piece by piece, and whether a zero is among them. Not thread-safe.
final class Utf8Check {
    private boolean valid = true;
    /// Continuation bytes still to come, and the range that the next of them has to be in.
    private int missing;

    private int least = 0x80;
    private int most = 0xbf;

    /// Whether no character is half read.
    boolean between() {
        return missing == 0 || !valid;
    }

    boolean valid() {
        return valid && missing == 0;
    }

    /// Reads on; tells whether there was a zero.
    boolean take(byte[] bytes, int from, int to) {
        boolean zero = false;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            zero |= b == 0;
            if (valid && (b < 0 || missing > 0)) {
                step(b & 0xff);
            }
        }
        return zero;
    }

    private void step(int b) {
        if (missing > 0) {
            valid = b >= least && b <= most;
            missing = valid ? missing - 1 : 0;
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
