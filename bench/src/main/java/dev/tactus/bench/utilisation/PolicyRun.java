package dev.tactus.bench.utilisation;

import dev.tactus.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One policy against one server for four hours: saturated callers, a network with jitter, perhaps a stranger.
///
/// Round trips take 40–160 ms, one in fifty up to a second more, split at random between the way there and back.
/// Windows are shifted, and limits moved, by chance, so that no policy can be tuned to their moments.
final class PolicyRun {
    /// What came of it.
    ///
    /// @param share accepted calls as a share of the quota, or of what the stranger left of it
    record Result(double share, int refused, int sent) {}

    private static final int CALLERS = 32;
    private static final long MILLI = 1_000_000;

    private final VirtualTime world;
    private final Random network;
    private final ServerScenario scenario;
    private final LimitedServer.Kind kind;
    private final List<LimitedServer> servers = new ArrayList<>();
    private final CallPolicy policy;
    private double quota;
    private int strangers;
    private int accepted;
    private int refused;
    private int sent;
    private final List<Arrival> arrivals = new ArrayList<>();
    private boolean tracing;

    PolicyRun(ServerScenario scenario, LimitedServer.Kind kind, CallPolicy.Maker maker, long seed) {
        this.scenario = scenario;
        this.kind = kind;
        world = new VirtualTime(seed);
        network = new Random(~seed);
        for (Limit limit : scenario.limits()) {
            servers.add(kind.server(
                    limit, (long) (world.random().nextDouble() * limit.window().toNanos())));
        }
        policy = maker.make(scenario, world);
    }

    /// A call that reached the server.
    ///
    /// @param at nanoseconds since the start
    record Arrival(long at, boolean accepted) {}

    /// Keeps the calls that arrived.
    PolicyRun traced() {
        tracing = true;
        return this;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    Result run() {
        move();
        if (scenario.stranger() > 0) {
            stranger();
        }
        for (int caller = 0; caller < CALLERS; caller++) {
            ask(0);
        }
        world.runUntil(ServerScenario.LENGTH);
        policy.close();
        return new Result(accepted / (quota - strangers), refused, sent);
    }

    private void move() {
        double window = scenario.quota().window().toNanos();
        double end = ServerScenario.LENGTH.toNanos();
        int parts = scenario.later().size() + 1;
        double from = 0;
        int permits = scenario.quota().permits();
        for (int part = 1; part < parts; part++) {
            double to = end * (part - 0.15 + 0.3 * world.random().nextDouble()) / parts;
            quota += permits * (to - from) / window;
            int next = scenario.later().get(part - 1);
            world.at((long) to, () -> servers.getFirst().permits(next));
            permits = next;
            from = to;
        }
        quota += permits * (end - from) / window;
    }

    private void stranger() {
        double rate = scenario.stranger()
                * scenario.quota().permits()
                / scenario.quota().window().toNanos();
        world.after((long) (-Math.log(1 - world.random().nextDouble()) / rate), () -> {
            strangers += arrive() || kind == LimitedServer.Kind.LOG_COUNTING_REJECTIONS ? 1 : 0;
            stranger();
        });
    }

    private void ask(int attempt) {
        policy.ask(attempt, () -> send(attempt));
    }

    private void send(int attempt) {
        sent++;
        long sentAt = world.nanos();
        long trip = (40 + network.nextInt(120)) * MILLI + network.nextInt(1_000_000);
        if (network.nextInt(50) == 0) {
            trip += network.nextInt(1000) * MILLI;
        }
        long there = (long) (trip * network.nextDouble());
        long back = trip - there;
        CallPolicy.Answer answer = policy.sent();
        world.after(there, () -> {
            boolean ok = arrive();
            accepted += ok ? 1 : 0;
            refused += ok ? 0 : 1;
            if (tracing) {
                arrivals.add(new Arrival(world.nanos(), ok));
            }
            world.after(back, () -> {
                answer.came(ok, sentAt);
                ask(ok ? 0 : attempt + 1);
            });
        });
    }

    /// All limits are asked; a call counts where it counts by itself or where all let it in.
    private boolean arrive() {
        boolean ok = true;
        for (LimitedServer server : servers) {
            ok &= server.hasRoom(world.nanos());
        }
        for (LimitedServer server : servers) {
            server.count(world.nanos(), ok);
        }
        return ok;
    }
}
