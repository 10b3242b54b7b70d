package dev.tactus.bench.utilisation;

/// A rate that grows by a call a window each window and shrinks by a twentieth at each refusal.
final class AimdPolicy implements CallPolicy {
    private static final double SHRINK = 0.95;

    private final VirtualTime world;
    private final double windowNanos;
    private double perWindow;
    private double dueAt;
    private long shrunkAt;
    private boolean refusedYet;

    AimdPolicy(ServerScenario scenario, VirtualTime world) {
        this.world = world;
        windowNanos = scenario.quota().window().toNanos();
        perWindow = 1;
    }

    @Override
    public void ask(int attempt, Runnable go) {
        dueAt = Math.max(dueAt, (double) world.nanos()) + windowNanos / perWindow;
        world.at((long) dueAt, go);
    }

    @Override
    public Answer sent() {
        return (accepted, sentAt) -> {
            if (accepted) {
                // Doubles every window until the first refusal, as TCP does.
                perWindow += refusedYet ? 1 / perWindow : 1;
            } else if (sentAt > shrunkAt) {
                refusedYet = true;
                perWindow = Math.max(1, perWindow * SHRINK);
                shrunkAt = world.nanos();
            }
        };
    }
}
