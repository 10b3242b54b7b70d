package dev.tactus.gateway.pace;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.config.QueueSettings;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.limits.Alarm;
import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallRequest;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.PacerReply;
import dev.tactus.limits.pacing.Permit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The queue before the upstream: requests leave it under the limits, known or learned, callers by turns.
///
/// A request passes the pacers of all whose limits it is under; see [PacerRegistry]. Where nothing is configured, what
/// all share is learned. Thread-safe; blocks nobody but whoever configures and saves.
public final class PacingQueue implements AutoCloseable {
    private static final int MOST_TOKENS = 10_000;
    /// How full a limit counts of which nothing is known: a refusal is its own, unless another is fuller than that.
    private static final double UNKNOWN_SHARE = 0.9;
    private static final Duration LONGEST_ADVICE = Duration.ofHours(1);

    private final Ticker ticker;
    private final InstantSource clock;
    private final PacerRegistry pacers;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile int queue = QueueSettings.DEFAULTS.queue();
    private volatile boolean closing;

    /// A request that wants to leave.
    ///
    /// @param application whose own limits it passes
    /// @param limits those
    /// @param token what stands for its token
    /// @param caller who is served by turns with the others
    record QueueRequest(
            String application,
            List<LimitSettings> limits,
            String token,
            String caller,
            String path,
            Duration patience) {}

    /// @param assumedWindow the window first assumed where nothing is known
    public PacingQueue(
            PacerStateStore store, Ticker ticker, InstantSource clock, Supplier<Alarm> alarms, Duration assumedWindow) {
        this(ticker, clock, new PacerRegistry(store, ticker, clock, alarms, assumedWindow, MOST_TOKENS));
    }

    PacingQueue(Ticker ticker, InstantSource clock, PacerRegistry pacers) {
        this.ticker = ticker;
        this.clock = clock;
        this.pacers = pacers;
    }

    /// Goes by this configuration from now on; whoever waits, waits under it, and what has been used stays used.
    public void configure(GatewaySettings settings) {
        pacers.configure(settings);
        queue = settings.waiting().queue();
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
            Pacer pacer = pacers.get(stages.get(stage));
            ticket.waits(
                    stage,
                    pacer.enter(
                            CallRequest.to(request.path()).by(request.caller()).within(left),
                            reply -> replied(stage, pacer, reply)));
        }

        private void replied(int stage, Pacer by, PacerReply reply) {
            switch (reply) {
                case Admission.Granted(Permit permit) -> {
                    pacers.used(stages.get(stage));
                    ticket.holds(permit).ifPresent(permits -> {
                        if (permits.size() < stages.size()) {
                            pass(stage + 1);
                        } else {
                            go(permits);
                        }
                    });
                }
                case Admission.Paused(String scope, Instant until, String reason) ->
                    tell(penalty(until, "the upstream refuses all requests: " + reason));
                case PacerReply.Late late ->
                    tell(no(
                            QueueOutcome.Reason.PATIENCE_OVER,
                            request,
                            "not forwarded within " + request.patience().toMillis() + " ms"));
                case PacerReply.Closed closed -> {
                    if (!closing && pacers.get(stages.get(stage)) != by) {
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

        /// A refusal is held against the limits that were the fullest; what headers tell, against the narrowest.
        private void answered(List<Permit> permits, Feedback feedback) {
            int named = feedback.throttled() ? fullest() : 0;
            Feedback other = feedback.verdict() == Feedback.Verdict.ACCEPTED ? Feedback.accepted() : Feedback.silent();
            for (int i = 0; i < permits.size(); i++) {
                permits.get(i).answered(i == named ? feedback : other);
            }
        }

        private int fullest() {
            int fullest = 0;
            for (int stage = 1; stage < stages.size(); stage++) {
                if (share(stages.get(stage)) > share(stages.get(fullest))) {
                    fullest = stage;
                }
            }
            return fullest;
        }

        private double share(String owner) {
            List<ScopeReport> scopes = pacers.get(owner).report().stream()
                    .filter(scope -> scope.covers(request.path()))
                    .toList();
            double most = scopes.stream().mapToDouble(ScopeReport::share).max().orElse(0);
            boolean unknown = scopes.stream().anyMatch(scope -> scope.ceiling().isEmpty());
            return unknown ? Math.max(most, UNKNOWN_SHARE) : most;
        }
    }

    private Optional<Instant> pausedUntil(QueueRequest request) {
        return stages(request).stream()
                .flatMap(owner -> pacers.get(owner).report().stream())
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
            Pacer pacer = pacers.get(owner);
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
        return pacers.owners(request.application(), request.limits(), request.token());
    }

    /// How many requests wait.
    public int waiting() {
        return waiting.get();
    }

    /// How the limits of each owner stand: an application, a token, or [PacerStateStore#SHARED].
    public Map<String, List<ScopeReport>> report() {
        return pacers.report();
    }

    /// Writes down what has been learned and spent; to be called every few seconds.
    public void save() {
        pacers.save();
    }

    /// Turns away whoever still waits.
    @Override
    public void close() {
        closing = true;
        pacers.close();
    }
}
