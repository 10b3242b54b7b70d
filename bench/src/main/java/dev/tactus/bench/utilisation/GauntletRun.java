package dev.tactus.bench.utilisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// One policy before one documented API, in one or several processes that know nothing of one another. Round trips are
/// those of [PolicyRun].
final class GauntletRun {
    /// What is to be called.
    enum Demand {
        /// Callers who always want to call.
        SATURATED,
        /// Many calls at once, again and again, at half of what the limit allows.
        BATCHES,
        /// Calls at random (Poisson), at 30 % of it.
        RANDOM
    }

    /// What came of it.
    ///
    /// @param accepted calls
    /// @param waited seconds from wanting to call to the sending that was accepted, or to the end, on average
    /// @param fairness Jain's index over the processes: 1 if all got the same
    record Result(int accepted, int refused, int sent, double waited, double fairness) {
        double refusedShare() {
            return sent == 0 ? 0 : refused / (double) sent;
        }
    }

    /// Makes the policy of one process.
    interface Maker {
        CallPolicy make(DocumentedApi api, ApiServer server, VirtualTime world);
    }

    private static final int CALLERS = 32;
    private static final double BATCH_LOAD = 0.5;
    private static final double RANDOM_LOAD = 0.3;
    private static final double DEMAND_ENDS = 0.95;
    private static final int SMALLEST_BATCH = 10;
    private static final int LARGEST_BATCH = 500;
    private static final long MILLI = 1_000_000;

    private final VirtualTime world;
    private final Random network;
    private final DocumentedApi api;
    private final Demand demand;
    private final ApiServer server;
    private final List<CallPolicy> policies = new ArrayList<>();
    private final int[] accepted;
    private int refused;
    private int sent;
    private double waited;
    private int open;
    private double openSince;

    /// @param processes how many, each with a policy of its own
    GauntletRun(DocumentedApi api, Demand demand, int processes, Maker maker, long seed) {
        this.api = api;
        this.demand = demand;
        world = new VirtualTime(seed);
        network = new Random(~seed);
        server = api.server().get();
        accepted = new int[processes];
        for (int process = 0; process < processes; process++) {
            policies.add(maker.make(api, server, world));
        }
    }

    Result run() {
        int processes = policies.size();
        if (demand == Demand.SATURATED) {
            for (int caller = 0; caller < CALLERS; caller++) {
                int process = caller % processes;
                // Processes start within a second.
                world.at(97L * process * MILLI, () -> ask(process, 0, 0));
            }
        } else {
            int next = 0;
            for (long at : moments()) {
                int process = next++ % processes;
                world.at(at, () -> {
                    open++;
                    openSince += at / 1e9;
                    ask(process, 0, at);
                });
            }
        }
        world.runUntil(api.length());
        policies.forEach(CallPolicy::close);
        int all = Arrays.stream(accepted).sum();
        double unserved = open * (api.length().toNanos() / 1e9) - openSince;
        return new Result(all, refused, sent, (waited + unserved) / Math.max(1, all + open), fairness());
    }

    private double fairness() {
        double sum = Arrays.stream(accepted).sum();
        double squares = Arrays.stream(accepted)
                .mapToDouble(each -> (double) each * each)
                .sum();
        return sum == 0 ? 1 : sum * sum / (accepted.length * squares);
    }

    private List<Long> moments() {
        Random chance = new Random(7);
        List<Long> all = new ArrayList<>();
        double end = DEMAND_ENDS * api.length().toNanos();
        int batch = demand == Demand.RANDOM ? 1 : Math.clamp(api.quota().permits(), SMALLEST_BATCH, LARGEST_BATCH);
        double rate = (demand == Demand.RANDOM ? RANDOM_LOAD : BATCH_LOAD)
                * api.quota().rate()
                / batch;
        double at = demand == Demand.RANDOM ? 0 : 0.1 / rate;
        while (at < end) {
            for (int call = 0; call < batch; call++) {
                all.add((long) at);
            }
            at += demand == Demand.RANDOM ? -Math.log(1 - chance.nextDouble()) / rate : 1 / rate;
        }
        return all;
    }

    private void ask(int process, int attempt, long since) {
        policies.get(process).ask(attempt, () -> send(process, attempt, since));
    }

    private void send(int process, int attempt, long since) {
        sent++;
        CallPolicy policy = policies.get(process);
        long sentAt = world.nanos();
        long trip = (40 + network.nextInt(120)) * MILLI + network.nextInt(1_000_000);
        if (network.nextInt(50) == 0) {
            trip += network.nextInt(1000) * MILLI;
        }
        long there = (long) (trip * network.nextDouble());
        long back = trip - there;
        CallPolicy.Answer hears = policy.sent();
        world.after(there, () -> {
            long at = world.nanos();
            boolean ok = server.arrives(at);
            if (ok) {
                served(process, sentAt, since);
            } else {
                refused++;
            }
            ApiDialect.Answer answer = api.dialect().answer(ok, server, at, world.instant());
            policy.arrived();
            world.after(back + (ok ? server.serviceNanos() : 0), () -> {
                hears.came(answer, sentAt);
                again(process, attempt, since, answer);
            });
        });
    }

    private void served(int process, long sentAt, long since) {
        accepted[process]++;
        if (demand != Demand.SATURATED) {
            waited += (sentAt - since) / 1e9;
            open--;
            openSince -= since / 1e9;
        }
    }

    private void again(int process, int attempt, long since, ApiDialect.Answer answer) {
        if (answer.accepted()) {
            if (demand == Demand.SATURATED) {
                ask(process, 0, 0);
            }
            return;
        }
        long rest = policies.get(process).readsWaits()
                ? 0
                : Long.parseLong(answer.headers().getOrDefault("Retry-After", "0")) * 1000 * MILLI;
        world.after(rest, () -> ask(process, attempt + 1, since));
    }
}
