package dev.tactus.bench.utilisation;

import java.util.ArrayDeque;
import java.util.Deque;

/// The best that can be done without a refusal: it knows the rule and looks into the server, but does not know how long
/// the network will take. A call goes as soon as it will be let in whenever it and those on their way arrive.
final class OptimumPolicy implements CallPolicy {
    private final ApiServer server;
    private final VirtualTime world;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int flying;
    private long wakesAt = ApiServer.NEVER;

    OptimumPolicy(ApiServer server, VirtualTime world) {
        this.server = server;
        this.world = world;
    }

    @Override
    public void ask(int attempt, Runnable go) {
        waiting.add(go);
        serve();
    }

    private void serve() {
        while (!waiting.isEmpty()) {
            long now = world.nanos();
            long opens = server.opensFor(flying + 1, now);
            if (opens > now) {
                wake(opens);
                return;
            }
            flying++;
            waiting.remove().run();
        }
    }

    private void wake(long opens) {
        if (opens >= wakesAt) {
            return;
        }
        wakesAt = opens;
        world.at(opens, () -> {
            if (wakesAt == opens) {
                wakesAt = ApiServer.NEVER;
            }
            serve();
        });
    }

    @Override
    public void arrived() {
        flying--;
        serve();
    }

    @Override
    public Answer sent() {
        return (accepted, sentAt) -> {};
    }
}
