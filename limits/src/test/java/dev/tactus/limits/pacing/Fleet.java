package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.PacerSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/// Several processes that know nothing of one another, before one server, in virtual time. Each has calls to make all
/// the time; round trips are those of [Simulation].
final class Fleet {
    private static final long MILLI = 1_000_000;
    private static final long NOBODY_CALLS = Long.MAX_VALUE;

    private record Event(long at, long number, Runnable what) {}

    private final FakeServer server;
    private final PacerCore[] cores;
    private final int[] waiting;
    private final long[] wakes;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long numbers;

    final int[] accepted;
    int refused;
    int sent;

    /// @param apart how much later each begins than the one before
    Fleet(FakeServer server, PacerSettings settings, int processes, Duration apart, long seed) {
        this.server = server;
        random = new Random(seed);
        cores = new PacerCore[processes];
        waiting = new int[processes];
        wakes = new long[processes];
        accepted = new int[processes];
        for (int process = 0; process < processes; process++) {
            int which = process;
            long start = process * apart.toNanos() + random.nextInt(1000) * MILLI;
            schedule(start, () -> {
                cores[which] = new PacerCore(settings, now);
                waiting[which] = 16;
                wakes[which] = NOBODY_CALLS;
                serve(which);
            });
        }
    }

    Fleet run(Duration length) {
        long end = now + length.toNanos();
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.poll();
            now = event.at();
            event.what().run();
        }
        now = end;
        return this;
    }

    private void serve(int process) {
        PacerCore core = cores[process];
        PathClass kind = core.classOf("/v1/search");
        while (waiting[process] > 0) {
            long next = NOBODY_CALLS;
            switch (core.decide(kind, now)) {
                case PacerCore.Decision.Go() -> {
                    send(process, kind);
                    continue;
                }
                case PacerCore.Decision.NotBefore(long at) -> next = at;
                case PacerCore.Decision.Resting(Scope scope) ->
                    next = scope.pause().until();
            }
            if (next < wakes[process]) {
                wakes[process] = next;
                schedule(next, () -> {
                    wakes[process] = NOBODY_CALLS;
                    serve(process);
                });
            }
            return;
        }
    }

    private void send(int process, PathClass kind) {
        PacerCore core = cores[process];
        waiting[process]--;
        sent++;
        PacerCore.Call call = core.send(kind, now);
        long trip = (40 + random.nextInt(120)) * MILLI;
        if (random.nextInt(50) == 0) {
            trip += random.nextInt(1000) * MILLI;
        }
        long there = (long) (trip * random.nextDouble());
        long back = trip - there;
        schedule(now + there, () -> {
            boolean ok = server.accepts(now);
            accepted[process] += ok ? 1 : 0;
            refused += ok ? 0 : 1;
            schedule(now + back, () -> {
                core.end(call, new Permit.Outcome.Answered(ok ? Feedback.accepted() : Feedback.refused()), now);
                waiting[process]++;
                serve(process);
            });
        });
    }

    int total() {
        return Arrays.stream(accepted).sum();
    }

    /// Jain's index of fairness: 1 if all have the same.
    static double jain(int[] shares) {
        double sum = Arrays.stream(shares).sum();
        double squares =
                Arrays.stream(shares).mapToDouble(each -> (double) each * each).sum();
        return sum * sum / (shares.length * squares);
    }

    private void schedule(long at, Runnable what) {
        events.add(new Event(Math.max(at, now), ++numbers, what));
    }
}
