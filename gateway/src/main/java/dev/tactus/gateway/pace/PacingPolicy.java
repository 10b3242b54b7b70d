package dev.tactus.gateway.pace;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.enforcement.RateLimitHeaders;
import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.proxy.BufferedResponse;
import dev.tactus.gateway.proxy.Exchange;
import dev.tactus.gateway.proxy.TrafficPolicy;
import dev.tactus.gateway.quota.AnswerCost;
import dev.tactus.gateway.quota.AnswerCostReader;
import dev.tactus.gateway.quota.PacerLimits;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.usage.MinuteCounter;
import dev.tactus.limits.Feedback;
import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.limits.metering.Charge;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lets requests wait for their turn before they go to the upstream, and waits out what the upstream refuses.
///
/// A refused request is sent again where that is safe, in a turn of its own and within its client's patience; the
/// client sees the final response only. Thread-safe.
final class PacingPolicy implements TrafficPolicy {
    private final GatewaySettings settings;
    private final PacingQueue queue;
    private final QueueMetrics metrics;
    private final ShadowLimiter shadow;
    private final InstantSource clock;
    private final FeedbackParser parser = new FeedbackParser();
    private final DisguisedRefusalDetector disguises;
    private final int mostLookedAt;
    private final Map<Exchange, PacedRequest> requests = new ConcurrentHashMap<>();

    /// One request between its coming and its end. Used on its exchange's event loop only.
    private static final class PacedRequest {
        private final Exchange exchange;
        private final String target;
        private final String path;
        private final String token;
        private final Optional<AnswerCost> cost;
        private final WaitPreference patience;
        private final long deadline;
        private long enteredAt;
        private long queuedNanos;
        private boolean admitted;
        private @Nullable QueueTicket ticket;
        private @Nullable UpstreamPermit permit;

        PacedRequest(Exchange exchange, WaitPreference patience) {
            this.exchange = exchange;
            target = exchange.request().uri();
            path = exchange.application()
                    .plan()
                    .plan()
                    .pacedPath(exchange.request().method(), target);
            token = TokenDigest.of(exchange.request().headers());
            cost = PacerLimits.answerCost(exchange.application().plan().plan().limits(), path);
            this.patience = patience;
            deadline = now() + patience.lasts().toNanos();
        }

        long now() {
            return exchange.worker().now();
        }
    }

    /// @param queue the same one after a reload
    /// @param shadow what limits in shadow mode would have refused
    PacingPolicy(
            GatewaySettings settings,
            PacingQueue queue,
            QueueMetrics metrics,
            ShadowLimiter shadow,
            InstantSource clock) {
        this.settings = settings;
        this.queue = queue;
        this.metrics = metrics;
        this.shadow = shadow;
        this.clock = clock;
        disguises = new DisguisedRefusalDetector(settings.waiting().disguises());
        mostLookedAt = Stream.concat(
                                settings.limits().stream(),
                                settings.applications().stream().flatMap(each -> each.limits().stream()))
                        .anyMatch(limit -> limit.upstream().answerCost().isPresent())
                ? AnswerCostReader.MOST_BYTES
                : BufferedResponse.MOST_BYTES;
    }

    @Override
    public void arrived(Exchange exchange) {
        WaitPreference patience = WaitPreference.of(
                exchange.request().headers().getAll("Prefer"),
                settings.waiting().patience());
        PacedRequest paced = new PacedRequest(exchange, patience);
        requests.put(exchange, paced);
        enter(paced, patience.lasts());
    }

    private void enter(PacedRequest paced, Duration patience) {
        paced.enteredAt = paced.now();
        RequestIdentity.Application application = paced.exchange.application();
        PacingQueue.QueueRequest ask = new PacingQueue.QueueRequest(
                application.id(),
                application.plan().plan().limits(),
                paced.token,
                application.key(),
                paced.path,
                patience);
        paced.ticket = queue.enter(ask, outcome -> onLoop(paced, outcome));
    }

    private void onLoop(PacedRequest paced, QueueOutcome outcome) {
        var loop = paced.exchange.worker().executor();
        if (loop.inEventLoop()) {
            outcome(paced, outcome);
            return;
        }
        try {
            loop.execute(() -> outcome(paced, outcome));
        } catch (RejectedExecutionException stopped) {
            unused(outcome);
        }
    }

    private void outcome(PacedRequest paced, QueueOutcome outcome) {
        if (paced.exchange.isOver()) {
            unused(outcome);
            return;
        }
        paced.queuedNanos += paced.now() - paced.enteredAt;
        switch (outcome) {
            case QueueOutcome.Admitted(UpstreamPermit permit) -> {
                paced.permit = permit;
                metrics.left(paced.queuedNanos);
                count(paced);
                paced.exchange.forward();
            }
            case QueueOutcome.Rejected(QueueOutcome.Reason reason, Duration retryAfter, String detail) -> {
                metrics.turnedAway(reason);
                paced.exchange.application().plan().meter().at(paced.now()).turnedBack();
                paced.exchange.answer(unavailable(paced, retryAfter, detail));
            }
        }
    }

    private static void unused(QueueOutcome outcome) {
        if (outcome instanceof QueueOutcome.Admitted(UpstreamPermit permit)) {
            permit.unused();
        }
    }

    /// A request is admitted once, and charged each time that it leaves.
    private void count(PacedRequest paced) {
        RequestIdentity.Metered metered = paced.exchange.application().plan();
        UsagePlan plan = metered.plan();
        Charge charge = plan.charge(paced.exchange.request().method(), paced.target);
        MinuteCounter counts = metered.meter().at(paced.now());
        if (!paced.admitted) {
            paced.admitted = true;
            counts.admitted();
        }
        for (int i = 0; i < plan.limits().size(); i++) {
            int cost = plan.cost(charge, i);
            if (cost > 0) {
                counts.charged(i, cost);
            }
        }
        shadow.judge(paced.exchange, paced.target, paced.now(), counts);
    }

    @Override
    public ResponseAction answered(Exchange exchange, HttpResponse head) {
        Feedback feedback = feedback(head);
        boolean looks =
                !feedback.throttled() && !exchange.isToHead() && (disguises.mayHide(head) || tells(exchange, head));
        return looks ? ResponseAction.LOOK : answered(exchange, head, feedback);
    }

    /// Whether the body that follows may tell what the request has cost.
    private boolean tells(Exchange exchange, HttpResponse head) {
        PacedRequest paced = requests.get(exchange);
        return paced != null
                && paced.cost.filter(AnswerCost.Body.class::isInstance).isPresent()
                && AnswerCostReader.mayBeIn(head.headers(), AnswerCostReader.MOST_BYTES);
    }

    @Override
    public int mostLookedAt() {
        return mostLookedAt;
    }

    @Override
    public ResponseAction looked(Exchange exchange, HttpResponse head, Optional<ByteBuf> body) {
        boolean refused =
                body.filter(text -> disguises.tells(head.status().code(), text)).isPresent();
        Feedback feedback = refused ? refusal(head) : feedback(head);
        PacedRequest paced = requests.get(exchange);
        OptionalDouble cost = paced == null || body.isEmpty()
                ? OptionalDouble.empty()
                : AnswerCostReader.inBody(paced.cost, body.get());
        return answered(exchange, head, costing(feedback, cost));
    }

    private ResponseAction answered(Exchange exchange, HttpResponse head, Feedback feedback) {
        PacedRequest paced = requests.get(exchange);
        if (paced == null) {
            throw new IllegalStateException("an answer to an exchange that never arrived or has ended");
        }
        UpstreamPermit permit = paced.permit;
        paced.permit = null;
        if (permit != null) {
            permit.answered(costing(feedback, AnswerCostReader.inHead(paced.cost, head.headers())));
        }
        boolean takenBack = feedback.throttled() && exchange.repeatable();
        if (feedback.throttled()) {
            metrics.refusedUpstream(takenBack);
        }
        if (takenBack) {
            // only once this has returned is the exchange where it was before it was forwarded
            exchange.worker().executor().execute(() -> again(paced));
            return ResponseAction.TAKE_BACK;
        }
        tell(paced, head.headers());
        return ResponseAction.PASS;
    }

    private static Feedback costing(Feedback feedback, OptionalDouble cost) {
        return cost.isPresent() ? feedback.withCost(cost.getAsDouble()) : feedback;
    }

    private void again(PacedRequest paced) {
        if (!paced.exchange.isOver()) {
            enter(paced, Duration.ofNanos(Math.max(0, paced.deadline - paced.now())));
        }
    }

    private Feedback feedback(HttpResponse head) {
        int status = head.status().code();
        return settings.waiting().refusalStatuses().contains(status)
                ? refusal(head)
                : parser.parse(status, name -> joined(head.headers(), name), clock.instant());
    }

    private Feedback refusal(HttpResponse head) {
        return parser.parseRefusal(name -> joined(head.headers(), name), clock.instant());
    }

    private static @Nullable String joined(HttpHeaders headers, String name) {
        List<String> values = headers.getAll(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    private static FullHttpResponse unavailable(PacedRequest paced, Duration retryAfter, String detail) {
        FullHttpResponse answer =
                GatewayResponses.problem(HttpProblem.of(HttpResponseStatus.SERVICE_UNAVAILABLE, detail));
        answer.headers()
                .set(HttpHeaderNames.RETRY_AFTER, String.valueOf(RateLimitHeaders.seconds(retryAfter.toNanos())));
        tell(paced, answer.headers());
        return answer;
    }

    private static void tell(PacedRequest paced, HttpHeaders headers) {
        headers.add("Server-Timing", String.format(Locale.ROOT, "queue;dur=%.1f", paced.queuedNanos / 1e6));
        paced.patience.preferred().ifPresent(seconds -> headers.add("Preference-Applied", "wait=" + seconds));
    }

    @Override
    public void ended(Exchange exchange) {
        PacedRequest paced = requests.remove(exchange);
        if (paced == null) {
            return;
        }
        if (paced.ticket != null) {
            queue.leave(paced.ticket);
        }
        if (paced.permit != null) {
            paced.permit.lost();
            paced.permit = null;
        }
    }

    @Override
    public boolean repeats() {
        return true;
    }

    /// Turns away whoever waits: the gateway is stopping.
    @Override
    public void drain() {
        queue.close();
    }
}
