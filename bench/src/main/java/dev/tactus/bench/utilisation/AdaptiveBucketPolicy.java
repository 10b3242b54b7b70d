package dev.tactus.bench.utilisation;

/// The adaptive token bucket (ATB) of "Rethinking HTTP API Rate Limiting: A Client-Side Approach" (arXiv 2510.04516):
/// the rate grows by a factor with each success, by a smaller one above the rate of the last refusal, and a refusal
/// halves it and empties the bucket. With the figures of an open implementation.
final class AdaptiveBucketPolicy implements CallPolicy {
    private static final double SIZE = 4;
    private static final double QUICK = 1.5;
    private static final double SLOW = 1.2;
    private static final double LEAST_GROWTH = 0.01;
    private static final double LEAST = 0.01;
    private static final double MOST = 40;

    private final VirtualTime world;
    private double tokens = 1;
    private double perSecond = 0.1;
    private double congested = 1;
    private long filledAt;

    AdaptiveBucketPolicy(VirtualTime world) {
        this.world = world;
    }

    @Override
    public void ask(int attempt, Runnable go) {
        long now = world.nanos();
        tokens = Math.min(SIZE, tokens + perSecond * (now - filledAt) / 1e9);
        filledAt = now;
        // Who finds no token owes one and waits for it.
        world.after(tokens >= 1 ? 0 : (long) ((1 - tokens) / perSecond * 1e9), go);
        tokens--;
    }

    @Override
    public Answer sent() {
        return (accepted, sentAt) -> {
            if (accepted) {
                double factor = perSecond < congested ? QUICK : SLOW;
                perSecond = Math.min(MOST, Math.max(perSecond + LEAST_GROWTH, perSecond * factor));
            } else {
                congested = perSecond;
                perSecond = Math.max(LEAST, perSecond / 2);
                tokens = 0;
                filledAt = world.nanos();
            }
        };
    }
}
