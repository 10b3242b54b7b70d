package dev.tactus.gateway.pace;

import dev.tactus.gateway.metrics.GatewayMetrics;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What pace mode counts for Prometheus. Thread-safe; quick enough for event loops.
public final class QueueMetrics {
    private static final double[] SECONDS = {0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600};

    private final Histogram queued;
    private final Counter outcomes;
    private final Counter refusedUpstream;
    private final Counter retried;

    public QueueMetrics(PrometheusRegistry registry, PacingQueue queue) {
        this(registry, Map.of("", queue));
    }

    /// For several upstreams.
    ///
    /// @param queues by the upstreams' names
    public QueueMetrics(PrometheusRegistry registry, Map<String, PacingQueue> queues) {
        queued = Histogram.builder()
                .name("tactus_queue_seconds")
                .help("Time that forwarded requests waited in the queue")
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
        outcomes = Counter.builder()
                .name("tactus_queue_total")
                .help("How waiting ended: left (forwarded), or the reason of a 503")
                .labelNames("outcome")
                .register(registry);
        refusedUpstream = Counter.builder()
                .name("tactus_upstream_refusals_total")
                .help("Rate-limit refusals by the upstream")
                .register(registry);
        retried = Counter.builder()
                .name("tactus_upstream_refusals_retried_total")
                .help("Refusals by the upstream after which the request was sent again, unseen by the client")
                .register(registry);
        GaugeWithCallback.builder()
                .name("tactus_queue_length")
                .help("Requests waiting in the queue")
                .callback(gauge -> gauge.call(
                        queues.values().stream().mapToInt(PacingQueue::waiting).sum()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("tactus_ceiling_per_second")
                .help("The slowest limit in force, known or learned, by application (empty: shared by all) and path")
                .labelNames("application", "path")
                .callback(gauge -> queues.forEach((upstream, queue) -> queue.report().entrySet().stream()
                        .filter(owner -> !owner.getKey().startsWith(PacerStateStore.TOKEN))
                        .limit(GatewayMetrics.MOST_APPLICATIONS)
                        .forEach(owner -> owner.getValue()
                                .forEach(scope -> scope.ceiling()
                                        .ifPresent(limit -> gauge.call(
                                                perSecond(limit),
                                                upstream.isEmpty() ? owner.getKey() : upstream + "/" + owner.getKey(),
                                                path(scope.scope())))))))
                .register(registry);
    }

    void left(long queuedNanos) {
        queued.observe(queuedNanos / (double) TimeUnit.SECONDS.toNanos(1));
        outcomes.labelValues("left").inc();
    }

    void turnedAway(QueueOutcome.Reason reason) {
        outcomes.labelValues(reason.name().toLowerCase(Locale.ROOT)).inc();
    }

    void refusedUpstream(boolean takenBack) {
        refusedUpstream.inc();
        if (takenBack) {
            retried.inc();
        }
    }

    private static double perSecond(Limit limit) {
        return limit.permits() * 1000.0 / limit.window().toMillis();
    }

    private static String path(String scope) {
        return scope.equals(ScopedLimit.TOKEN) ? "/" : scope;
    }
}
