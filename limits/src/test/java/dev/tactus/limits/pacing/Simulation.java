package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.leases.PacedLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Function;

/// Saturated callers, a network with jitter and fake servers, in virtual time, around a [PacerCore].
///
/// Round trips take 40–160 ms, one in fifty up to a second more, split at random between the way there and back.
final class Simulation {
    private static final long MILLI = 1_000_000;

    private record Event(long at, long number, Runnable what) {}

    private final PacerCore core;
    private final Random random;
    private final Instant start;
    private final int callers;
    private final Map<String, FakeServer> servers = new HashMap<>();
    private final List<String> paths = new ArrayList<>();
    private final Map<PathClass, Long> servedAt = new HashMap<>();
    private final Map<PathClass, Integer> waiting = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Map<String, ArrayDeque<Long>> arrivals = new HashMap<>();
    private final Map<PathClass, ArrayDeque<Long>> asked = new HashMap<>();
    private Function<Long, Feedback> refusal = at -> Feedback.refused();
    private Function<Long, Feedback> acceptance = at -> Feedback.accepted();
    private long now;
    private long numbers;
    private long wake = PacedLimit.NEVER;

    final Map<String, Integer> accepted = new HashMap<>();
    int refused;
    int sent;
    final List<Long> refusedAt = new ArrayList<>();

    Simulation(PacerSettings settings, int callers, long seed) {
        this(settings, callers, seed, Instant.EPOCH);
    }

    /// @param start the moment on the calendar at which it begins
    Simulation(PacerSettings settings, int callers, long seed, Instant start) {
        core = new PacerCore(settings, 0, start::plusNanos);
        random = new Random(seed);
        this.callers = callers;
        this.start = start;
    }

    /// Takes up what an earlier process saved.
    Simulation restored(List<ScopeState> states) {
        ScopeStateConverter memory = new ScopeStateConverter(now, start.plusNanos(now));
        states.forEach(state -> memory.into(core.scopes().getFirst(), state));
        return this;
    }

    List<ScopeState> save() {
        ScopeStateConverter memory = new ScopeStateConverter(now, start.plusNanos(now));
        return core.scopes().stream().map(scope -> memory.of(scope, false)).toList();
    }

    /// A server-side limit on a scope.
    Simulation server(String scope, FakeServer server) {
        servers.put(scope, server);
        return this;
    }

    /// Callers who want this path all the time.
    Simulation demand(String path) {
        paths.add(path);
        waiting.merge(core.classOf(path), callers, Integer::sum);
        return this;
    }

    /// Callers who come at random, so many a second, and call once.
    Simulation visitors(String path, double perSecond, Duration length) {
        PathClass kind = core.classOf(path);
        for (double at = 0; at < length.toMillis() / 1e3; at -= Math.log(1 - random.nextDouble()) / perSecond) {
            long moment = (long) (at * 1e9);
            schedule(moment, () -> {
                waiting.merge(kind, 1, Integer::sum);
                asked.computeIfAbsent(kind, each -> new ArrayDeque<>()).add(now);
            });
        }
        return this;
    }

    /// How long visitors waited until they were let go, in nanoseconds.
    final List<Long> waits = new ArrayList<>();

    Simulation acceptance(Function<Long, Feedback> answer) {
        acceptance = answer;
        return this;
    }

    Simulation refusal(Function<Long, Feedback> answer) {
        refusal = answer;
        return this;
    }

    Simulation at(Duration when, Runnable what) {
        schedule(when.toNanos(), what);
        return this;
    }

    Simulation run(Duration length) {
        long end = now + length.toNanos();
        serve();
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.poll();
            now = event.at();
            event.what().run();
            serve();
        }
        now = end;
        return this;
    }

    private void serve() {
        boolean served = true;
        long next = PacedLimit.NEVER;
        while (served) {
            served = false;
            next = PacedLimit.NEVER;
            List<PathClass> turns = new ArrayList<>(waiting.keySet());
            turns.sort(Comparator.comparingLong((PathClass kind) -> servedAt.getOrDefault(kind, 0L))
                    .thenComparing(PathClass::name));
            for (PathClass kind : turns) {
                if (waiting.getOrDefault(kind, 0) == 0) {
                    continue;
                }
                switch (core.decide(kind, now)) {
                    case PacerCore.Decision.Go() -> {
                        send(kind);
                        served = true;
                    }
                    case PacerCore.Decision.NotBefore(long at) -> next = Math.min(next, at);
                    case PacerCore.Decision.Resting(Scope scope) ->
                        next = Math.min(next, scope.pause().until());
                }
                if (served) {
                    break;
                }
            }
        }
        if (next != PacedLimit.NEVER && next < wake) {
            long moment = next;
            wake = moment;
            schedule(moment, () -> wake = wake == moment ? PacedLimit.NEVER : wake);
        }
    }

    private void send(PathClass kind) {
        waiting.merge(kind, -1, Integer::sum);
        servedAt.put(kind, ++numbers);
        sent++;
        ArrayDeque<Long> visitors = asked.get(kind);
        boolean visitor = visitors != null;
        if (visitors != null) {
            waits.add(now - visitors.remove());
        }
        PacerCore.Call call = core.send(kind, now);
        long trip = (40 + random.nextInt(120)) * MILLI;
        if (random.nextInt(50) == 0) {
            trip += random.nextInt(1000) * MILLI;
        }
        long there = (long) (trip * random.nextDouble());
        long back = trip - there;
        schedule(now + there, () -> {
            boolean ok = arrive(kind);
            long works = ok ? workingNanos(kind) : 0;
            schedule(now + works + back, () -> {
                core.end(call, new Permit.Outcome.Answered(ok ? acceptance.apply(now) : refusal.apply(now)), now);
                waiting.merge(kind, visitor ? 0 : 1, Integer::sum);
            });
        });
    }

    private long workingNanos(PathClass kind) {
        return kind.scopes().stream()
                .map(scope -> servers.get(scope.name()))
                .filter(Objects::nonNull)
                .mapToLong(FakeServer::serviceNanos)
                .max()
                .orElse(0);
    }

    /// Servers check every limit and count only what passes all of them.
    private boolean arrive(PathClass kind) {
        boolean ok = true;
        for (Scope scope : kind.scopes()) {
            FakeServer server = servers.get(scope.name());
            if (ok && server != null) {
                ok = server.accepts(now);
            }
        }
        if (ok) {
            kind.scopes().forEach(scope -> accepted.merge(scope.name(), 1, Integer::sum));
        } else {
            refused++;
            refusedAt.add(now / MILLI);
        }
        kind.scopes()
                .forEach(scope -> arrivals.computeIfAbsent(scope.name(), name -> new ArrayDeque<>())
                        .add(now));
        return ok;
    }

    /// Share of a quota that was used since the start.
    double share(String scope, Limit limit) {
        double windows = now / (double) limit.window().toNanos();
        return accepted.getOrDefault(scope, 0) / (limit.permits() * windows);
    }

    int worstWindow(String scope, Duration window) {
        ArrayDeque<Long> inside = new ArrayDeque<>();
        int worst = 0;
        for (long at : arrivals.getOrDefault(scope, new ArrayDeque<>())) {
            inside.add(at);
            while (inside.getFirst() <= at - window.toNanos()) {
                inside.removeFirst();
            }
            worst = Math.max(worst, inside.size());
        }
        return worst;
    }

    Scope scope(String name) {
        return core.scopes().stream()
                .filter(scope -> scope.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void schedule(long at, Runnable what) {
        events.add(new Event(Math.max(at, now), ++numbers, what));
    }
}
