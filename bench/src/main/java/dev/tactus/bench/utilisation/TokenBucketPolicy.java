package dev.tactus.bench.utilisation;

/// A bucket of N tokens that refills by N each W, and backoff where that was not enough.
final class TokenBucketPolicy implements CallPolicy {
    private final VirtualTime world;
    private final double capacity;
    private final double perNano;
    private double tokens;
    private long filledAt;
    private long promisedUntil;

    TokenBucketPolicy(ServerScenario scenario, VirtualTime world) {
        this.world = world;
        // Of several limits a bucket keeps the one that holds longest.
        capacity = scenario.quota().permits();
        perNano =
                scenario.quota().permits() / (double) scenario.quota().window().toNanos();
        tokens = capacity;
    }

    @Override
    public void ask(int attempt, Runnable go) {
        world.after(attempt == 0 ? 0 : BackoffPolicy.delay(world, attempt), () -> take(go));
    }

    private void take(Runnable go) {
        long now = world.nanos();
        tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens >= 1 && promisedUntil <= now) {
            tokens--;
            go.run();
        } else {
            long gap = (long) (1 / perNano);
            promisedUntil = Math.max(promisedUntil, now) + gap;
            world.at(promisedUntil, () -> {
                tokens = Math.min(capacity, tokens + (world.nanos() - filledAt) * perNano) - 1;
                filledAt = world.nanos();
                go.run();
            });
        }
    }

    @Override
    public Answer sent() {
        return (accepted, sentAt) -> {};
    }
}
