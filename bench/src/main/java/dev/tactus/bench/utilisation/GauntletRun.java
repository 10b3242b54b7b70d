package dev.tactus.bench.utilisation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One policy before one documented API: callers who always want to call, or calls that come at random at 30 % of what
/// the limit allows. Round trips are those of [PolicyRun].
final class GauntletRun {
    /// What came of it.
    ///
    /// @param accepted calls
    /// @param waited seconds from wanting to call to the sending that was accepted, on average
    record Result(int accepted, int refused, int sent, double waited) {
        double refusedShare() {
            return sent == 0 ? 0 : refused / (double) sent;
        }
    }

    private static final int CALLERS = 16;
    private static final double LOAD = 0.3;
    private static final long MILLI = 1_000_000;
    /// the mean of a round trip
    private static final long TRIP = 110 * MILLI;

    private final VirtualTime world;
    private final Random network;
    private final DocumentedApi api;
    private final ApiServer server;
    private final CallPolicy policy;
    private final boolean saturated;
    private int accepted;
    private int refused;
    private int sent;
    private double waited;

    GauntletRun(DocumentedApi api, boolean saturated, CallPolicy.Maker maker, long seed) {
        this.api = api;
        this.saturated = saturated;
        world = new VirtualTime(seed);
        network = new Random(~seed);
        server = api.server().apply(0);
        policy = maker.make(scenario(api), world);
    }

    private static ServerScenario scenario(DocumentedApi api) {
        return new ServerScenario(api.name(), List.of(api.quota()), List.of(), 0, 0, 0, 0);
    }

    Result run() {
        if (saturated) {
            for (int caller = 0; caller < CALLERS; caller++) {
                ask(0, 0);
            }
        } else {
            for (long at : demand(api)) {
                world.at(at, () -> ask(0, at));
            }
        }
        world.runUntil(api.length());
        policy.close();
        return new Result(accepted, refused, sent, waited / Math.max(1, accepted));
    }

    private static List<Long> demand(DocumentedApi api) {
        Random chance = new Random(7);
        List<Long> all = new ArrayList<>();
        double rate = LOAD * api.quota().rate();
        double end = 0.95 * api.length().toNanos();
        for (double at = 0; at < end; at -= Math.log(1 - chance.nextDouble()) / rate) {
            all.add((long) at);
        }
        return all;
    }

    private void ask(int attempt, long since) {
        policy.ask(attempt, () -> send(attempt, since));
    }

    private void send(int attempt, long since) {
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
            boolean ok = server.arrives(world.nanos());
            accepted += ok ? 1 : 0;
            refused += ok ? 0 : 1;
            waited += ok ? (sentAt - since) / 1e9 : 0;
            world.after(back + (ok ? server.serviceNanos() : 0), () -> {
                answer.came(ok, sentAt);
                if (saturated || !ok) {
                    ask(ok ? 0 : attempt + 1, saturated ? 0 : since);
                }
            });
        });
    }

    /// What somebody reaches who knows the rule and the server's state, and whose calls arrive at once; a call of a
    /// limited number at once occupies it for its round trip, too.
    static Result optimum(DocumentedApi api, boolean saturated) {
        ApiServer server = api.server().apply(TRIP);
        Duration length = api.length();
        int accepted = 0;
        double waited = 0;
        long at = 0;
        if (saturated) {
            for (at = server.opensAt(0); at < length.toNanos(); at = server.opensAt(at)) {
                server.count(at);
                accepted++;
            }
            return new Result(accepted, 0, accepted, 0);
        }
        for (long wanted : demand(api)) {
            at = server.opensAt(Math.max(at, wanted));
            server.count(at);
            accepted++;
            waited += (at - wanted) / 1e9;
        }
        return new Result(accepted, 0, accepted, waited / Math.max(1, accepted));
    }
}
