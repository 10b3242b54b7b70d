package dev.tactus.bench.utilisation;

/// Sends at once, and again after a refusal, later each time: exponential backoff with full jitter.
final class BackoffPolicy implements CallPolicy {
    private static final double FIRST_NANOS = 0.5e9;
    private static final double LONGEST_NANOS = 30e9;

    private final VirtualTime world;

    BackoffPolicy(VirtualTime world) {
        this.world = world;
    }

    @Override
    public void ask(int attempt, Runnable go) {
        world.after(attempt == 0 ? 0 : delay(world, attempt), go);
    }

    static long delay(VirtualTime world, int attempt) {
        double most = Math.min(LONGEST_NANOS, FIRST_NANOS * Math.pow(2, Math.min(attempt - 1, 20)));
        return (long) (world.random().nextDouble() * most);
    }

    @Override
    public Answer sent() {
        return (accepted, sentAt) -> {};
    }
}
