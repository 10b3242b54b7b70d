package dev.tactus.simulator.catalog;

/// A keyed permutation of 0 … size − 1 that is computed, not stored: a Feistel network over the next even number of
/// bits, walked until it lands inside (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002). Immutable.
final class FeistelPermutation {
    private static final int ROUNDS = 4;

    private final long key;
    private final long size;
    private final int halfBits;
    private final long halfMask;

    /// @param size from 1 to 2^60
    FeistelPermutation(long key, long size) {
        if (size < 1 || size > 1L << 60) {
            throw new IllegalArgumentException("a permutation of " + size + " numbers is not possible");
        }
        this.key = key;
        this.size = size;
        this.halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(size - 1)) / 2);
        this.halfMask = (1L << halfBits) - 1;
    }

    long apply(long index) {
        long at = index;
        do {
            at = forth(at);
        } while (at >= size);
        return at;
    }

    long invert(long place) {
        long at = place;
        do {
            at = back(at);
        } while (at >= size);
        return at;
    }

    private long forth(long block) {
        long left = block >>> halfBits;
        long right = block & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ keyed(round, right);
            left = right;
            right = next;
        }
        return (left << halfBits) | right;
    }

    private long back(long block) {
        long left = block >>> halfBits;
        long right = block & halfMask;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long before = right ^ keyed(round, left);
            right = left;
            left = before;
        }
        return (left << halfBits) | right;
    }

    private long keyed(int round, long half) {
        return SplitMix.of(key, round, half) & halfMask;
    }
}
