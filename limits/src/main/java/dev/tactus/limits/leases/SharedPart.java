package dev.tactus.limits.leases;

/// The part of what was told that is used, where refusals show that others use it too.
///
/// A refusal takes a share of the part away, and each window gives nearly the same small amount back, whatever the part
/// is, call by call: so programs that share a limit come to equal parts, as senders of TCP do. The more of them there
/// are the
/// more of their calls are refused, with eight fewer than one in a hundred. Refusals that follow one another closely
/// take
/// more each time: so many programs that start together find their parts in a few refusals. Not thread-safe.
public final class SharedPart {
    private static final double STRIDE = 0.1;
    private static final double LONGEST_STRIDE = 0.5;
    /// refusals with fewer accepted calls between them follow closely
    private static final int CLOSE = 60;

    /// calls refused, as a share, to a program whose part is [#USUAL]
    private static final double BACK = 0.0009;
    private static final double USUAL = 0.125;
    /// 1: each window gives the same back; less: more of it to a large part, so that few programs use more
    private static final double LEVELLED = 0.75;
    private static final double FEW = 20;
    private static final double LEAST = 1.0 / 64;

    private final double back;
    private double part = 1;
    private double stride = STRIDE;
    /// refusals to be expected since the last, and that did not come
    private double lacking;
    private int sinceRefusal = Integer.MAX_VALUE / 2;

    /// @param atOnce calls that the smallest of the limits allows at once: of few more are refused by chance
    public SharedPart(long atOnce) {
        back = BACK * Math.max(1, FEW / Math.max(1, atOnce));
    }

    /// From 0 to 1.
    public double value() {
        return part;
    }

    /// Whether all of it is used.
    public boolean isWhole() {
        return part >= 1;
    }

    /// A call was refused.
    public void refused() {
        stride = sinceRefusal < CLOSE ? Math.min(LONGEST_STRIDE, 2 * stride) : Math.max(STRIDE, stride / 2);
        part = Math.max(LEAST, part * (1 - stride));
        sinceRefusal = 0;
        lacking = 0;
    }

    /// A call was accepted.
    public void accepted() {
        sinceRefusal++;
        double gain = back * Math.pow(USUAL / part, LEVELLED);
        lacking += gain / part;
        // What was shared and is not any more comes back ever faster.
        double faster = Math.max(1, lacking * lacking / 2);
        part = Math.min(1, part + STRIDE * gain * faster);
    }
}
