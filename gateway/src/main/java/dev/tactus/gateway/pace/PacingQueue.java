package dev.tactus.gateway.pace;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.config.QueueSettings;
import dev.tactus.gateway.config.UnknownApplications;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.PacerLimits;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.limits.Alarm;
import dev.tactus.limits.Feedback;
import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.PacerReply;
import dev.tactus.limits.pacing.Permit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The queue before the upstream: requests leave it under the limits, known or learned, callers by turns.
///
/// Limits that all share are kept by one pacer, those per application by one for each; a request that has both passes
/// its application's first, so that it never holds what others wait for. Where nothing is configured, what all share
/// is learned. Thread-safe; blocks nobody but whoever configures and saves.
public final class PacingQueue implements AutoCloseable {
    private static final Duration LOST_MARGIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_ADVICE = Duration.ofHours(1);

    private final PacerStateStore store;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Supplier<Alarm> alarms;
    private final Duration assumedWindow;
    private final Map<String, List<ScopeState>> saved;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, Pacer> pacers = new ConcurrentHashMap<>();
    private volatile Map<String, List<String>> owners = Map.of();
    private volatile int queue = QueueSettings.DEFAULTS.queue();
    private volatile boolean closing;

    /// A request that wants to leave.
    ///
    /// @param application whose own limits it passes
    /// @param caller who is served by turns with the others
    record QueueRequest(String application, String caller, String path, Duration patience) {}

    /// @param assumedWindow the window first assumed where nothing is known
    public PacingQueue(
            PacerStateStore store, Ticker ticker, InstantSource clock, Supplier<Alarm> alarms, Duration assumedWindow) {
        this.store = store;
        this.ticker = ticker;
        this.clock = clock;
        this.alarms = alarms;
        this.assumedWindow = assumedWindow;
        saved = store.load();
    }

    /// Goes by this configuration from now on; whoever waits, waits under it, and what has been used stays used.
    public synchronized void configure(GatewaySettings settings) {
        Map<String, List<ScopedLimit>> own = new HashMap<>();
        Map<String, List<InFlightLimit>> ownInFlight = new HashMap<>();
        settings.applications().forEach(each -> {
            own.put(each.id(), PacerLimits.own(each.limits()));
            ownInFlight.put(each.id(), PacerLimits.inFlight(each.limits(), true));
        });
        if (settings.unknown() instanceof UnknownApplications.Limited(List<LimitSettings> limits)) {
            own.put(UsageMeterRegistry.STRANGERS, PacerLimits.own(limits));
            ownInFlight.put(UsageMeterRegistry.STRANGERS, PacerLimits.inFlight(limits, true));
        }
        List<ScopedLimit> shared = PacerLimits.shared(settings.limits());
        List<InFlightLimit> sharedInFlight = PacerLimits.inFlight(settings.limits(), false);
        Map<String, List<String>> passes = new HashMap<>();
        own.forEach((application, limits) -> {
            List<InFlightLimit> inFlight = ownInFlight.getOrDefault(application, List.of());
            if (limits.isEmpty() && inFlight.isEmpty()) {
                passes.put(application, List.of(PacerStateStore.SHARED));
            } else {
                pace(application, limits, inFlight);
                passes.put(
                        application,
                        shared.isEmpty() && sharedInFlight.isEmpty()
                                ? List.of(application)
                                : List.of(application, PacerStateStore.SHARED));
            }
        });
        pace(PacerStateStore.SHARED, shared, sharedInFlight);
        owners = Map.copyOf(passes);
        queue = settings.waiting().queue();
    }

    private void pace(String owner, List<ScopedLimit> known, List<InFlightLimit> inFlight) {
        Pacer before = pacers.get(owner);
        if (before == null) {
            pacers.put(owner, pacer(known, inFlight, saved.getOrDefault(owner, List.of())));
            return;
        }
        try {
            before.change(known, inFlight);
        } catch (IllegalArgumentException anotherPath) {
            // whoever waits in the old one is told that it is closed, and enters the new one
            pacers.put(owner, pacer(known, inFlight, before.save()));
            before.close();
        }
    }

    private Pacer pacer(List<ScopedLimit> known, List<InFlightLimit> inFlight, List<ScopeState> states) {
        PacerSettings settings = new PacerSettings(known, List.of(), WaitPreference.LONGEST, LOST_MARGIN)
                .withWindow(assumedWindow, false)
                .withInFlight(inFlight);
        Pacer pacer = new Pacer(settings, ticker, clock, alarms.get());
        pacer.restore(states);
        return pacer;
    }

    /// Takes a place in the queue. `told` gets exactly one turn unless the place is left before, on any thread, perhaps
    /// before this returns; it must be quick.
    QueueTicket enter(QueueRequest request, Consumer<QueueOutcome> told) {
        QueueTicket ticket = new QueueTicket();
        boolean room = waiting.incrementAndGet() <= queue;
        StagedRequest staged = new StagedRequest(request, ticket, told);
        if (room) {
            staged.start();
        } else {
            staged.tell(no(QueueOutcome.Reason.QUEUE_FULL, request, "the queue is full (" + queue + " waiting)"));
        }
        return ticket;
    }

    /// The request gives its place up, if it still has it.
    void leave(QueueTicket ticket) {
        if (ticket.leave()) {
            waiting.decrementAndGet();
        }
    }

    /// One request on its way through the stages.
    private final class StagedRequest {
        private final QueueRequest request;
        private final QueueTicket ticket;
        private final Consumer<QueueOutcome> told;
        private final List<String> stages;
        private final long deadline;

        StagedRequest(QueueRequest request, QueueTicket ticket, Consumer<QueueOutcome> told) {
            this.request = request;
            this.ticket = ticket;
            this.told = told;
            stages = stages(request);
            deadline = ticker.nanos() + request.patience().toNanos();
        }

        void start() {
            Instant patient = clock.instant().plus(request.patience());
            Optional<Instant> penalty = pausedUntil(request).filter(until -> until.isAfter(patient));
            if (penalty.isPresent()) {
                tell(penalty(penalty.get(), "the upstream refuses all requests for longer than this one may wait"));
            } else {
                pass(0);
            }
        }

        private void pass(int stage) {
            Duration left = Duration.ofNanos(deadline - ticker.nanos());
            Pacer pacer = pacer(stages.get(stage));
            ticket.waits(
                    stage, pacer.enter(request.path(), request.caller(), left, reply -> replied(stage, pacer, reply)));
        }

        private void replied(int stage, Pacer by, PacerReply reply) {
            switch (reply) {
                case Admission.Granted(Permit permit) ->
                    ticket.holds(permit).ifPresent(permits -> {
                        if (permits.size() < stages.size()) {
                            pass(stage + 1);
                        } else {
                            go(permits);
                        }
                    });
                case Admission.Paused(String scope, Instant until, String reason) ->
                    tell(penalty(until, "the upstream refuses all requests: " + reason));
                case PacerReply.Late late ->
                    tell(no(
                            QueueOutcome.Reason.PATIENCE_OVER,
                            request,
                            "not forwarded within " + request.patience().toMillis() + " ms"));
                case PacerReply.Closed closed -> {
                    if (!closing && pacer(stages.get(stage)) != by) {
                        pass(stage);
                    } else {
                        tell(new QueueOutcome.Rejected(
                                QueueOutcome.Reason.CLOSING, Duration.ofSeconds(1), "the gateway is stopping"));
                    }
                }
            }
        }

        private void go(List<Permit> permits) {
            UpstreamPermit permit = new UpstreamPermit(permits, feedback -> answered(permits, feedback));
            if (ticket.told()) {
                waiting.decrementAndGet();
                told.accept(new QueueOutcome.Admitted(permit));
            } else {
                permit.unused();
            }
        }

        private void tell(QueueOutcome outcome) {
            if (ticket.told()) {
                waiting.decrementAndGet();
                ticket.release();
                told.accept(outcome);
            }
        }

        /// A refusal is held against the limits that were the fullest; what headers tell, against the application's.
        private void answered(List<Permit> permits, Feedback feedback) {
            boolean both = feedback.throttled() && stages.size() > 1;
            int named = both && share(stages.getLast()) > share(stages.getFirst()) ? 1 : 0;
            Feedback other = feedback.verdict() == Feedback.Verdict.ACCEPTED ? Feedback.accepted() : Feedback.silent();
            for (int i = 0; i < permits.size(); i++) {
                permits.get(i).answered(i == named ? feedback : other);
            }
        }

        private double share(String owner) {
            return pacer(owner).report().stream()
                    .filter(scope -> scope.covers(request.path()))
                    .mapToDouble(ScopeReport::share)
                    .max()
                    .orElse(0);
        }
    }

    private Optional<Instant> pausedUntil(QueueRequest request) {
        return stages(request).stream()
                .flatMap(owner -> pacer(owner).report().stream())
                .filter(scope -> scope.covers(request.path()))
                .flatMap(scope -> scope.pausedUntil().stream())
                .max(Instant::compareTo);
    }

    private QueueOutcome penalty(Instant until, String detail) {
        return new QueueOutcome.Rejected(QueueOutcome.Reason.PENALTY, Duration.between(clock.instant(), until), detail);
    }

    private QueueOutcome no(QueueOutcome.Reason reason, QueueRequest request, String detail) {
        return new QueueOutcome.Rejected(reason, advice(request), detail);
    }

    /// When those who wait now are likely to have left.
    private Duration advice(QueueRequest request) {
        Duration longest = pausedUntil(request)
                .map(until -> Duration.between(clock.instant(), until))
                .orElse(Duration.ZERO);
        for (String owner : stages(request)) {
            Pacer pacer = pacer(owner);
            int ahead = pacer.waiting();
            for (ScopeReport scope : pacer.report()) {
                if (scope.covers(request.path()) && scope.ceiling().isPresent()) {
                    Limit limit = scope.ceiling().get();
                    Duration through = limit.window().multipliedBy(ahead).dividedBy(limit.permits());
                    longest = through.compareTo(longest) > 0 ? through : longest;
                }
            }
        }
        return longest.compareTo(LONGEST_ADVICE) < 0 ? longest : LONGEST_ADVICE;
    }

    private List<String> stages(QueueRequest request) {
        return owners.getOrDefault(request.application(), List.of(PacerStateStore.SHARED));
    }

    private Pacer pacer(String owner) {
        return Objects.requireNonNull(pacers.get(owner), owner);
    }

    /// How many requests wait.
    public int waiting() {
        return waiting.get();
    }

    /// How the limits of each owner stand: an application, or [PacerStateStore#SHARED].
    public Map<String, List<ScopeReport>> report() {
        Map<String, List<ScopeReport>> reports = new TreeMap<>();
        pacers.forEach((owner, pacer) -> reports.put(owner, pacer.report()));
        return reports;
    }

    /// Writes down what has been learned and spent; to be called every few seconds.
    public void save() {
        pacers.forEach((owner, pacer) -> store.save(owner, pacer.save()));
    }

    /// Turns away whoever still waits.
    @Override
    public void close() {
        closing = true;
        pacers.values().forEach(Pacer::close);
    }
}
