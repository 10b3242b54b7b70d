package dev.tactus.simulator.catalog;

/// Stateless randomness: well-mixed 64-bit numbers computed from a seed and what they are for (the finaliser of
/// SplitMix64; Steele, Lea and Flood, 2014). The same arguments always give the same number.
public final class SplitMix {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private SplitMix() {}

    /// A bijection of all longs.
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// The inverse of [#mix].
    static long unmix(long value) {
        long z = value;
        z = (z ^ (z >>> 31) ^ (z >>> 62)) * 0x319642b2d24d8ec3L;
        z = (z ^ (z >>> 27) ^ (z >>> 54)) * 0x96de1b173f119089L;
        return z ^ (z >>> 30) ^ (z >>> 60);
    }

    public static long of(long seed, long what) {
        return mix(mix(seed + GOLDEN) ^ (what * GOLDEN + 1));
    }

    public static long of(long seed, long what, long which) {
        return of(of(seed, what), which);
    }

    public static long of(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return of(hash, text.length());
    }

    /// A number from 0 to `bound` − 1.
    public static int below(long random, int bound) {
        return (int) (((random >>> 33) * bound) >>> 31);
    }

    /// A number from 0 (inclusive) to 1 (exclusive).
    public static double unit(long random) {
        return (random >>> 11) * 0x1.0p-53;
    }
}
