package dev.tactus.gateway.pace;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.enforcement.RateLimitHeaders;
import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.proxy.Exchange;
import dev.tactus.gateway.proxy.TrafficPolicy;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Lets requests wait for their turn before they go to the upstream, and waits out what the upstream refuses.
///
/// A refused request is sent again where that is safe, in a turn of its own and within its caller's patience; the
/// caller sees the answer only. Thread-safe.
///
/// @param pacing the same one after a reload
/// @param trials what limits in shadow mode would have refused
record PacingPolicy(
        GatewaySettings settings,
        PacingQueue pacing,
        QueueMetrics figures,
        ShadowLimiter trials,
        InstantSource clock,
        FeedbackParser parser,
        DisguisedRefusalDetector disguises,
        Map<Exchange, PacedRequest> stays)
        implements TrafficPolicy {

    /// One request between its coming and its end. Used on its exchange's loop only.
    private static final class PacedRequest {
        private final Exchange exchange;
        private final String target;
        private final String path;
        private final WaitPreference patience;
        private final long deadline;
        private long enteredAt;
        private long queued;
        private boolean admitted;
        private @Nullable QueueTicket place;
        private @Nullable UpstreamPermit passage;

        PacedRequest(Exchange exchange, WaitPreference patience) {
            this.exchange = exchange;
            target = exchange.request().uri();
            int query = target.indexOf('?');
            path = query < 0 ? target : target.substring(0, query);
            this.patience = patience;
            deadline = now() + patience.lasts().toNanos();
        }

        long now() {
            return exchange.worker().now();
        }
    }

    static PacingPolicy of(
            GatewaySettings settings,
            PacingQueue pacing,
            QueueMetrics figures,
            ShadowLimiter trials,
            InstantSource clock) {
        return new PacingPolicy(
                settings,
                pacing,
                figures,
                trials,
                clock,
                new FeedbackParser(),
                new DisguisedRefusalDetector(settings.waiting().disguises()),
                new ConcurrentHashMap<>());
    }

    @Override
    public void arrived(Exchange exchange) {
        WaitPreference patience = WaitPreference.of(
                exchange.request().headers().getAll("Prefer"),
                settings.waiting().patience());
        PacedRequest stay = new PacedRequest(exchange, patience);
        stays.put(exchange, stay);
        enter(stay, patience.lasts());
    }

    private void enter(PacedRequest stay, Duration patience) {
        stay.enteredAt = stay.now();
        RequestIdentity.Application application = stay.exchange.application();
        PacingQueue.QueueRequest ask =
                new PacingQueue.QueueRequest(application.id(), application.key(), stay.path, patience);
        stay.place = pacing.enter(ask, turn -> onLoop(stay, turn));
    }

    private void onLoop(PacedRequest stay, QueueOutcome turn) {
        var loop = stay.exchange.worker().executor();
        if (loop.inEventLoop()) {
            turn(stay, turn);
            return;
        }
        try {
            loop.execute(() -> turn(stay, turn));
        } catch (RejectedExecutionException stopped) {
            unused(turn);
        }
    }

    private void turn(PacedRequest stay, QueueOutcome turn) {
        if (stay.exchange.isOver()) {
            unused(turn);
            return;
        }
        stay.queued += stay.now() - stay.enteredAt;
        switch (turn) {
            case QueueOutcome.Admitted(UpstreamPermit passage) -> {
                stay.passage = passage;
                figures.left(stay.queued);
                count(stay);
                stay.exchange.forward();
            }
            case QueueOutcome.Rejected(QueueOutcome.Reason reason, Duration retryAfter, String detail) -> {
                figures.turnedAway(reason);
                stay.exchange.application().plan().meter().at(stay.now()).turnedBack();
                stay.exchange.answer(unavailable(stay, retryAfter, detail));
            }
        }
    }

    private static void unused(QueueOutcome turn) {
        if (turn instanceof QueueOutcome.Admitted(UpstreamPermit passage)) {
            passage.unused();
        }
    }

    /// A request is admitted once, and charged each time that it leaves.
    private void count(PacedRequest stay) {
        RequestIdentity.Metered metered = stay.exchange.application().plan();
        UsagePlan plan = metered.plan();
        Charge charge = plan.charge(stay.exchange.request().method(), stay.target);
        MinuteCounter counts = metered.meter().at(stay.now());
        if (!stay.admitted) {
            stay.admitted = true;
            counts.admitted();
        }
        for (int i = 0; i < plan.limits().size(); i++) {
            int cost = plan.cost(charge, i);
            if (cost > 0) {
                counts.charged(i, cost);
            }
        }
        trials.judge(stay.exchange, stay.target, stay.now(), counts);
    }

    @Override
    public ResponseAction answered(Exchange exchange, HttpResponse head) {
        Feedback feedback = feedback(head);
        boolean looks = !feedback.throttled() && !exchange.isToHead() && disguises.mayHide(head);
        return looks ? ResponseAction.LOOK : answered(exchange, head, feedback);
    }

    @Override
    public ResponseAction looked(Exchange exchange, HttpResponse head, Optional<ByteBuf> body) {
        boolean refused =
                body.filter(text -> disguises.tells(head.status().code(), text)).isPresent();
        return answered(exchange, head, refused ? refusal(head) : feedback(head));
    }

    private ResponseAction answered(Exchange exchange, HttpResponse head, Feedback feedback) {
        PacedRequest stay = stays.get(exchange);
        if (stay == null) {
            throw new IllegalStateException("an answer to an exchange that never arrived or has ended");
        }
        UpstreamPermit passage = stay.passage;
        stay.passage = null;
        if (passage != null) {
            passage.answered(feedback);
        }
        boolean takenBack = feedback.throttled() && exchange.repeatable();
        if (feedback.throttled()) {
            figures.refusedUpstream(takenBack);
        }
        if (takenBack) {
            // only once this has returned is the exchange where it was before it was forwarded
            exchange.worker().executor().execute(() -> again(stay));
            return ResponseAction.TAKE_BACK;
        }
        tell(stay, head.headers());
        return ResponseAction.PASS;
    }

    private void again(PacedRequest stay) {
        if (!stay.exchange.isOver()) {
            enter(stay, Duration.ofNanos(Math.max(0, stay.deadline - stay.now())));
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

    private static FullHttpResponse unavailable(PacedRequest stay, Duration retryAfter, String detail) {
        FullHttpResponse answer =
                GatewayResponses.problem(HttpProblem.of(HttpResponseStatus.SERVICE_UNAVAILABLE, detail));
        answer.headers()
                .set(HttpHeaderNames.RETRY_AFTER, String.valueOf(RateLimitHeaders.seconds(retryAfter.toNanos())));
        tell(stay, answer.headers());
        return answer;
    }

    private static void tell(PacedRequest stay, HttpHeaders headers) {
        headers.add("Server-Timing", String.format(Locale.ROOT, "queue;dur=%.1f", stay.queued / 1e6));
        stay.patience.preferred().ifPresent(seconds -> headers.add("Preference-Applied", "wait=" + seconds));
    }

    @Override
    public void ended(Exchange exchange) {
        PacedRequest stay = stays.remove(exchange);
        if (stay == null) {
            return;
        }
        if (stay.place != null) {
            pacing.leave(stay.place);
        }
        if (stay.passage != null) {
            stay.passage.lost();
            stay.passage = null;
        }
    }

    @Override
    public boolean repeats() {
        return true;
    }

    /// Turns away whoever waits: the gateway is stopping.
    @Override
    public void drain() {
        pacing.close();
    }
}
