package dev.tactus.limits.pacing;

import dev.tactus.limits.Alarm;
import dev.tactus.limits.Feedback;
import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.leases.PacedLimit;
import dev.tactus.limits.observation.PacerListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Lets calls go to a limited server no faster than its limits allow, known or learned.
///
/// Calls of one path class are served callers by turns and each caller's calls in the order they came; path classes do
/// not block one another, and share what they have in common by turns. Whoever waits holds nothing until it is granted,
/// so that leaving costs nothing and a changed limit holds at once.
///
/// Threads [#call], or block in [#acquire] and settle the permit; event loops [#enter] and get a reply. Design:
/// [PacerCore] decides,
/// without threads or clocks; this class keeps the [WaitingRoom] around it behind one lock, and one alarm for the
/// first moment at which anybody may go or is late. No reply is delivered under the lock. Thread-safe; made for
/// virtual threads.
public final class Pacer implements Permit.Issuer, AutoCloseable {
    private static final System.Logger log = System.getLogger("dev.tactus.limits");

    /// How often dropped permits are looked for while somebody waits.
    private static final long LOOK_NANOS = Duration.ofSeconds(5).toNanos();

    private final Ticker ticker;
    private final InstantSource clock;
    private final Alarm alarm;
    private final long origin;

    private final Object lock = new Object();
    private final PacerCore core;
    private final WaitingRoom room = new WaitingRoom();
    private final PacerListeners listeners = new PacerListeners();
    private final PacerDeliveries deliveries = new PacerDeliveries(listeners);
    private final CeilingWatch ceilings = new CeilingWatch();
    private final DroppedPermits permits = new DroppedPermits();
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
        core = new PacerCore(settings, 0, nanos -> moment(nanos, now()));
        ceilings.look(core.scopes());
    }

    /// From now on `listener` is told what happens here.
    public void addListener(PacerListener listener) {
        listeners.add(listener);
    }

    /// Waits until a call to `path` may be sent.
    ///
    /// @param path the path of the call; a query is ignored
    /// @throws InterruptedException if interrupted while waiting; nothing is held then
    /// @throws IllegalStateException if the pacer is closed
    @Override
    public Admission acquire(String path) throws InterruptedException {
        return switch (acquire(CallRequest.to(path))) {
            case Admission admission -> admission;
            case PacerReply.Late late -> throw new AssertionError("late without a deadline: " + late);
            case PacerReply.Closed over -> throw new IllegalStateException("the pacer is closed");
        };
    }

    /// Waits until the call may be sent, or until its patience is over.
    ///
    /// @throws InterruptedException if interrupted while waiting; nothing is held then
    public PacerReply acquire(CallRequest request) throws InterruptedException {
        BlockedThread thread = new BlockedThread();
        return thread.await(enter(request, thread));
    }

    /// Sends a call once it may be sent, and settles its permit: an answer counts as accepted, a throw as lost.
    ///
    /// @throws CallPause if the scope rests for longer than callers wait; nothing was sent
    /// @throws Exception what `call` throws
    public <T> T call(String path, Callable<T> call) throws Exception {
        return call(path, call, answer -> Feedback.accepted());
    }

    /// Sends a call once it may be sent, and settles its permit by what its answer says about limits.
    ///
    /// @param says what an answer says; see [dev.tactus.limits.headers.FeedbackParser]
    /// @throws CallPause if the scope rests for longer than callers wait; nothing was sent
    /// @throws Exception what `call` throws; the call counts as lost then
    public <T> T call(String path, Callable<T> call, Function<? super T, Feedback> says) throws Exception {
        return call(CallRequest.to(path), call, says);
    }

    /// The same for a call with patience, a caller or a priority.
    ///
    /// @throws TimeoutException if its patience was over first; nothing was sent
    public <T> T call(CallRequest request, Callable<T> call, Function<? super T, Feedback> says) throws Exception {
        return switch (acquire(request)) {
            case Admission.Paused paused -> throw new CallPause(paused);
            case PacerReply.Late late -> throw late.asTimeout(request);
            case PacerReply.Closed over -> throw new IllegalStateException("the pacer is closed");
            case Admission.Granted(Permit permit) -> {
                try (permit) {
                    T answer = call.call();
                    permit.answered(says.apply(answer));
                    yield answer;
                }
            }
        };
    }

    /// The same for a call that answers later: it is started by whatever thread makes its turn come.
    ///
    /// @param call starts the call and is quick
    /// @return the answer; or what went wrong, [CallPause] included. Cancelling it doesn't stop the call
    public <T> CompletionStage<T> callAsync(
            String path, Supplier<? extends CompletionStage<T>> call, Function<? super T, Feedback> says) {
        return callAsync(CallRequest.to(path), call, says);
    }

    /// The same for a call with patience, a caller or a priority; where its patience is over first, the stage ends with
    /// a [TimeoutException].
    public <T> CompletionStage<T> callAsync(
            CallRequest request, Supplier<? extends CompletionStage<T>> call, Function<? super T, Feedback> says) {
        return new AsyncCall<>(request, call, says).enter(this);
    }

    /// Takes a place in line without blocking; `receiver` gets exactly one reply unless the ticket is given up before.
    ///
    /// `receiver` runs on whatever thread made the turn come, outside all locks, perhaps before this returns.
    /// It has to be quick: an event loop hands the reply on to itself. If it throws, its permit counts as lost and
    /// the exception goes to the thread's handler of uncaught ones.
    public Ticket enter(CallRequest request, Consumer<PacerReply> receiver) {
        long patience = nanos(request.patience());
        Waiter waiter;
        Runnable due;
        synchronized (lock) {
            long now = now();
            long deadline = patience == PacedLimit.NEVER ? patience : now + patience;
            waiter = new Waiter(room.line(core.classOf(request.path())), request, now, deadline, receiver);
            if (closed) {
                deliveries.add(waiter, new PacerReply.Closed(), now);
            } else {
                room.join(waiter);
                serve(now); // by the moment it came: who waits for nothing isn't late yet
            }
            due = deliveries.take();
        }
        due.run();
        return () -> leave(waiter);
    }

    private static long nanos(Duration patience) {
        if (patience.isNegative()) {
            return 0;
        }
        return patience.compareTo(Duration.ofDays(3660)) > 0 ? PacedLimit.NEVER : patience.toNanos();
    }

    private boolean leave(Waiter waiter) {
        boolean stood;
        Runnable due;
        synchronized (lock) {
            stood = room.leave(waiter);
            if (stood) {
                serve();
            }
            due = deliveries.take();
        }
        due.run();
        return stood;
    }

    /// A call that another pacer of the same quota has granted, and that may be under way: it counts from now on.
    public Permit adopt(String path) {
        synchronized (lock) {
            PacerCore.Call call = core.send(core.classOf(path), now());
            return permits.issue(call, outcome -> ended(call, outcome));
        }
    }

    /// Tells a permit's outcome as it came from another process.
    public static void settle(Permit permit, Permit.Outcome outcome) {
        switch (outcome) {
            case Permit.Outcome.Answered(Feedback feedback) -> permit.answered(feedback);
            case Permit.Outcome.Lost() -> permit.lost();
            case Permit.Outcome.Unused() -> permit.unused();
        }
    }

    private void ended(PacerCore.Call call, Permit.Outcome outcome) {
        List<CeilingWatch.Change> changes;
        long now;
        Runnable due;
        synchronized (lock) {
            permits.settled(call);
            now = now();
            core.end(call, outcome, now);
            changes = ceilings.look(call.kind().scopes());
            serve();
            due = deliveries.take();
        }
        listeners.ended(call.kind(), outcome, Duration.ofNanos(now - call.sentAt()));
        listeners.ceilingsChanged(changes);
        due.run();
    }

    private void rang() {
        Runnable due;
        synchronized (lock) {
            alarmAt = PacedLimit.NEVER;
            serve();
            due = deliveries.take();
        }
        due.run();
    }

    /// Replaces the configured limits; every waiter is under the new ones at once, and calls already made count.
    ///
    /// Of calls that an earlier, shorter window had already let go of nothing is known any more.
    ///
    /// @param known all limits that hold from now on; a scope without one is learned
    /// @throws IllegalArgumentException if a scope is named that this pacer was not made with
    public void change(List<ScopedLimit> known) {
        change(known, List.of());
    }

    /// The same with limits of what is under way at once.
    public void change(List<ScopedLimit> known, List<InFlightLimit> inFlight) {
        List<CeilingWatch.Change> changes;
        Runnable due;
        synchronized (lock) {
            core.change(known, inFlight, now());
            changes = ceilings.look(core.scopes());
            serve();
            due = deliveries.take();
        }
        listeners.ceilingsChanged(changes);
        due.run();
    }

    /// How many wait, over all paths.
    public int waiting() {
        synchronized (lock) {
            return room.size();
        }
    }

    /// How many wait in the line that a call to `path` would join.
    public int waiting(String path) {
        synchronized (lock) {
            return room.line(core.classOf(path)).size();
        }
    }

    /// Lets everybody go who may, turns away who is late, and sets the alarm for the next.
    private void serve() {
        serve(now());
    }

    private void serve(long now) {
        if (closed) {
            return;
        }
        endDropped(now);
        post(room.lateBefore(now), now);
        long next = PacedLimit.NEVER;
        boolean served = true;
        while (served) {
            served = false;
            next = PacedLimit.NEVER;
            for (FairQueue line : room.byTurn()) {
                switch (core.decide(line.kind(), now)) {
                    case PacerCore.Decision.Go() -> {
                        PacerCore.Call call = core.send(line.kind(), now);
                        Permit permit = permits.issue(call, outcome -> ended(call, outcome));
                        deliveries.add(room.next(line), new Admission.Granted(permit), now);
                        served = true;
                    }
                    case PacerCore.Decision.NotBefore(long nanos) -> next = Math.min(next, nanos);
                    case PacerCore.Decision.Resting(Scope scope) -> turnAway(line, scope, now);
                }
                if (served) {
                    break;
                }
            }
        }
        // A turn at the very moment of the deadline was still a turn.
        post(room.lateBefore(now + 1), now);
        long look = permits.anyOut() && room.size() > 0 ? now + LOOK_NANOS : PacedLimit.NEVER;
        wakeAt(Math.min(Math.min(next, look), room.nextDeadline()));
    }

    private void endDropped(long now) {
        List<PacerCore.Call> dropped = permits.found();
        for (PacerCore.Call call : dropped) {
            log.log(
                    System.Logger.Level.WARNING,
                    "a permit for {0} was dropped without an outcome and counts as lost; settle it with"
                            + " try-with-resources or Pacer.call",
                    call.kind().name());
            core.end(call, new Permit.Outcome.Lost(), now);
        }
    }

    private void post(List<Waiter> late, long now) {
        late.forEach(waiter -> deliveries.add(waiter, WaitingRoom.late(waiter, now), now));
    }

    private void turnAway(FairQueue line, Scope scope, long now) {
        Admission paused = new Admission.Paused(
                scope.name(), moment(scope.pause().until(), now), scope.pause().reason());
        room.empty(line).forEach(waiter -> deliveries.add(waiter, paused, now));
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
    @Override
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
                scope.inForce(),
                scope.isLearned(),
                scope.leases().used(now, scope.ceiling().window().toNanos()),
                scope.fullness(now),
                scope.granted(),
                scope.throttled(),
                until > now ? Optional.of(moment(until, now)) : Optional.empty());
    }

    /// What is to be kept for a restart; to be saved every few seconds.
    public List<ScopeState> save() {
        return save(Calls.MAY_FOLLOW);
    }

    /// The same when no call will be made any more, so that the next process need not assume any. So is what is saved
    /// of a pacer that is closed.
    public List<ScopeState> saveLast() {
        return save(Calls.ARE_OVER);
    }

    /// The same where calls under way, and those that follow, are on record elsewhere: whoever restores this has to
    /// [#adopt] them.
    public List<ScopeState> saveEnded() {
        return save(Calls.ARE_ON_RECORD);
    }

    /// What is known, when something is saved, of calls that have not ended.
    private enum Calls {
        MAY_FOLLOW,
        ARE_OVER,
        ARE_ON_RECORD
    }

    private List<ScopeState> save(Calls open) {
        synchronized (lock) {
            ScopeStateConverter memory = new ScopeStateConverter(now(), clock.instant());
            return core.scopes().stream()
                    .map(scope -> memory.of(scope, open != Calls.MAY_FOLLOW || closed, open != Calls.ARE_ON_RECORD))
                    .toList();
        }
    }

    /// Takes up what an earlier process saved; before the first call. Scopes that no longer exist are passed over.
    public void restore(List<ScopeState> states) {
        synchronized (lock) {
            ScopeStateConverter memory = new ScopeStateConverter(now(), clock.instant());
            for (Scope scope : core.scopes()) {
                states.stream()
                        .filter(state -> state.scope().equals(scope.name()))
                        .forEach(state -> memory.into(scope, state));
            }
            ceilings.look(core.scopes());
        }
    }

    /// Replies to whoever still waits that it is over, and ends the alarm.
    @Override
    public void close() {
        Runnable due;
        synchronized (lock) {
            closed = true;
            long now = now();
            room.empty().forEach(waiter -> deliveries.add(waiter, new PacerReply.Closed(), now));
            due = deliveries.take();
        }
        alarm.close();
        due.run();
    }

    private long now() {
        return ticker.nanos() - origin;
    }

    private Instant moment(long nanos, long now) {
        return clock.instant().plusNanos(nanos - now);
    }
}
