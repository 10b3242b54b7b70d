package dev.tactus.limits;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets calls go to a limited server no faster than its limits allow, known or learned.
///
/// Callers of one path class are served in the order they came; path classes do not block one another, and share what
/// they have in common by turns. A waiter holds nothing until it is granted, so that leaving costs nothing and a
/// changed limit holds at once. Design: {@link PacerCore} decides, without threads or clocks; this class keeps the
/// waiting lines around it behind one lock, and one alarm for the first moment at which anybody may go. Thread-safe;
/// made for virtual threads.
public final class Pacer implements AutoCloseable {
    private final Ticker ticker;
    private final InstantSource clock;
    private final Alarm alarm;
    private final long origin;

    private final Object lock = new Object();
    private final PacerCore core;
    private final Map<PathClass, WaitingLine> lines = new LinkedHashMap<>();
    private long turns;
    private long alarmAt = PacedLimit.NEVER;
    private boolean closed;

    /// Paces on the machine's time.
    public Pacer(PacerSettings settings, Ticker ticker, InstantSource clock) {
        this(settings, ticker, clock, Alarm.system(ticker));
    }

    /// Paces on the time that `alarm` rings by; the pacer closes it.
    public Pacer(PacerSettings settings, Ticker ticker, InstantSource clock, Alarm alarm) {
        this.ticker = ticker;
        this.clock = clock;
        this.alarm = alarm;
        origin = ticker.nanos();
        core = new PacerCore(settings, 0);
    }

    /// Waits until a call to `path` may be sent.
    ///
    /// @param path the path of the call; a query is ignored
    /// @throws InterruptedException if interrupted while waiting; nothing is held then
    /// @throws IllegalStateException if the pacer is closed
    public Admission acquire(String path) throws InterruptedException {
        Waiter waiter = new Waiter();
        WaitingLine line;
        synchronized (lock) {
            line = lines.computeIfAbsent(core.classOf(path), WaitingLine::new);
            if (!closed) {
                line.join(waiter);
                serve();
            } else {
                waiter.dismiss();
            }
        }
        try {
            return waiter.await().orElseThrow(() -> new IllegalStateException("the pacer is closed"));
        } catch (InterruptedException interrupted) {
            leave(line, waiter);
            throw interrupted;
        }
    }

    private void leave(WaitingLine line, Waiter waiter) {
        synchronized (lock) {
            if (line.leave(waiter)) {
                serve();
                return;
            }
        }
        if (waiter.admission().orElse(null) instanceof Admission.Granted(Permit permit)) {
            permit.unused();
        }
    }

    private void ended(Call call, Outcome outcome) {
        synchronized (lock) {
            core.end(call, outcome, now());
            serve();
        }
    }

    private void rang() {
        synchronized (lock) {
            alarmAt = PacedLimit.NEVER;
            serve();
        }
    }

    /// Lets everybody go who may, and sets the alarm for the next.
    private void serve() {
        if (closed) {
            return;
        }
        long now = now();
        long next = PacedLimit.NEVER;
        boolean served = true;
        while (served) {
            served = false;
            next = PacedLimit.NEVER;
            for (WaitingLine line : byTurn()) {
                switch (core.decide(line.kind(), now)) {
                    case Decision.Go() -> {
                        Call call = core.send(line.kind(), now);
                        line.next(++turns).tell(new Admission.Granted(new Permit(outcome -> ended(call, outcome))));
                        served = true;
                    }
                    case Decision.NotBefore(long nanos) -> next = Math.min(next, nanos);
                    case Decision.Resting(Scope scope) -> turnAway(line, scope, now);
                }
                if (served) {
                    break;
                }
            }
        }
        wakeAt(next);
    }

    private List<WaitingLine> byTurn() {
        List<WaitingLine> waiting = new ArrayList<>();
        for (WaitingLine line : lines.values()) {
            if (!line.isEmpty()) {
                waiting.add(line);
            }
        }
        waiting.sort(Comparator.comparingLong(WaitingLine::servedAt));
        return waiting;
    }

    private void turnAway(WaitingLine line, Scope scope, long now) {
        Admission paused = new Admission.Paused(
                scope.name(), moment(scope.pause().until(), now), scope.pause().reason());
        while (!line.isEmpty()) {
            line.next(line.servedAt()).tell(paused);
        }
    }

    private void wakeAt(long nanos) {
        if (nanos == alarmAt) {
            return;
        }
        alarmAt = nanos;
        if (nanos == PacedLimit.NEVER) {
            alarm.clear();
        } else {
            alarm.set(origin + nanos, this::rang);
        }
    }

    /// How each scope stands.
    public List<ScopeReport> report() {
        synchronized (lock) {
            long now = now();
            return core.scopes().stream().map(scope -> report(scope, now)).toList();
        }
    }

    private ScopeReport report(Scope scope, long now) {
        scope.advance(now);
        long until = scope.pause().until();
        return new ScopeReport(
                scope.name(),
                scope.ceiling().inForce(),
                scope.ceiling().isLearned(),
                scope.leases().used(now, scope.ceiling().window().toNanos()),
                scope.fullness(now),
                scope.granted(),
                scope.throttled(),
                until > now ? Optional.of(moment(until, now)) : Optional.empty());
    }

    /// What is to be kept for a restart; to be saved every few seconds.
    public List<ScopeState> save() {
        synchronized (lock) {
            Memory memory = new Memory(now(), clock.instant());
            return core.scopes().stream().map(memory::of).toList();
        }
    }

    /// Takes up what an earlier process saved; before the first call. Scopes that no longer exist are passed over.
    public void restore(List<ScopeState> states) {
        synchronized (lock) {
            Memory memory = new Memory(now(), clock.instant());
            for (Scope scope : core.scopes()) {
                states.stream()
                        .filter(state -> state.scope().equals(scope.name()))
                        .forEach(state -> memory.into(scope, state));
            }
        }
    }

    /// Wakes whoever still waits with an exception, and ends the alarm.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            for (WaitingLine line : lines.values()) {
                while (!line.isEmpty()) {
                    line.next(line.servedAt()).dismiss();
                }
            }
        }
        alarm.close();
    }

    private long now() {
        return ticker.nanos() - origin;
    }

    private Instant moment(long nanos, long now) {
        return clock.instant().plusNanos(nanos - now);
    }
}
