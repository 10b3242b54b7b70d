package dev.tactus.gateway.metrics;

import dev.tactus.gateway.usage.LimitCounts;
import dev.tactus.gateway.usage.MinuteUsage;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.gateway.violations.QuotaWarnings;
import dev.tactus.gateway.violations.ViolationPolicy;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The gateway's figures for Prometheus, a second behind. Thread-safe.
///
/// An application is a label only while it is one of the first [#MOST_APPLICATIONS] seen; all others are `(other)`, so
/// that a large configuration can't flood whoever collects.
public final class GatewayMetrics {
    public static final int MOST_APPLICATIONS = 500;
    private static final String OTHERS = "(other)";

    private final PrometheusRegistry registry;
    private final Set<String> labelled = new HashSet<>();
    private final Counter requests;
    private final Counter refusals;
    private final Counter shadowRefusals;
    private final Counter charged;
    private final Gauge limits;

    public GatewayMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        requests = Counter.builder()
                .name("tactus_requests_total")
                .help("Requests by outcome; turned_away: unknown or revoked applications")
                .labelNames("application", "outcome")
                .register(registry);
        refusals = Counter.builder()
                .name("tactus_refusals_total")
                .help("Requests refused by a limit; if several refused, the one with the longest wait")
                .labelNames("application", "limit")
                .register(registry);
        shadowRefusals = Counter.builder()
                .name("tactus_shadow_refusals_total")
                .help("Requests that a limit in shadow mode would have refused")
                .labelNames("application", "limit")
                .register(registry);
        charged = Counter.builder()
                .name("tactus_charged_total")
                .help("Units charged to a limit")
                .labelNames("application", "limit")
                .register(registry);
        limits = Gauge.builder()
                .name("tactus_limit_per_second")
                .help("What a limit allows per second of its window; compared with what is charged, it predicts"
                        + " refusals")
                .labelNames("application", "limit")
                .register(registry);
    }

    /// Figures that are asked for when they are collected.
    public void watch(
            ViolationPolicy conduct,
            ComplianceStatuses standings,
            LongSupplier messagesWaiting,
            BooleanSupplier stateFailing,
            LongSupplier accessLogDropped) {
        GaugeWithCallback.builder()
                .name("tactus_standing")
                .help("1 for the present standing of an application: normal, noticed, restricted, revoked")
                .labelNames("application", "standing")
                .callback(gauge -> conduct.applications().stream()
                        .limit(MOST_APPLICATIONS)
                        .forEach(each ->
                                gauge.call(1, each.id(), standings.of(each.id()).label())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("tactus_webhooks_waiting")
                .help("Messages to applications' contacts that are not delivered yet")
                .callback(gauge -> gauge.call((double) messagesWaiting.getAsLong()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("tactus_state_failing")
                .help("1 while the state file can't be written and counts are kept in memory")
                .callback(gauge -> gauge.call(stateFailing.getAsBoolean() ? 1 : 0))
                .register(registry);
        CounterWithCallback.builder()
                .name("tactus_access_log_dropped_total")
                .help("Lines of the access log that could not be written")
                .callback(counter -> counter.call((double) accessLogDropped.getAsLong()))
                .register(registry);
    }

    /// The warnings that hold while they are collected.
    public void warn(QuotaWarnings warnings, InstantSource clock) {
        GaugeWithCallback.builder()
                .name("tactus_quota_used_share")
                .help("The share of a limit that is used, while it is so much that its application is warned")
                .labelNames("application", "limit")
                .callback(gauge -> warnings.used().entrySet().stream()
                        .limit(MOST_APPLICATIONS)
                        .forEach(each -> gauge.call(
                                each.getValue().share(),
                                each.getKey().application(),
                                each.getKey().limit())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("tactus_quota_exhausted_seconds")
                .help("In how many seconds a limit is used up at today's rate, while that is foreseen")
                .labelNames("application", "limit")
                .callback(gauge -> warnings.exhausted().entrySet().stream()
                        .limit(MOST_APPLICATIONS)
                        .forEach(each -> gauge.call(
                                (double) Math.max(0, clock.instant().until(each.getValue(), ChronoUnit.SECONDS)),
                                each.getKey().application(),
                                each.getKey().limit())))
                .register(registry);
    }

    /// The addresses of the upstreams by their names, and whether requests go there.
    public void health(Supplier<Map<String, Map<String, Boolean>>> addresses) {
        GaugeWithCallback.builder()
                .name("tactus_upstream_healthy")
                .help("1 while requests go to an address of an upstream, 0 while it is out")
                .labelNames("upstream", "address")
                .callback(gauge -> addresses
                        .get()
                        .forEach((upstream, all) ->
                                all.forEach((address, healthy) -> gauge.call(healthy ? 1 : 0, upstream, address))))
                .register(registry);
    }

    /// What became of spans.
    public void trace(LongSupplier sent, LongSupplier dropped) {
        CounterWithCallback.builder()
                .name("tactus_spans_sent_total")
                .help("Spans of requests that the collector has taken")
                .callback(counter -> counter.call((double) sent.getAsLong()))
                .register(registry);
        CounterWithCallback.builder()
                .name("tactus_spans_dropped_total")
                .help("Spans of requests that were not sent: too many came, or the collector was away")
                .callback(counter -> counter.call((double) dropped.getAsLong()))
                .register(registry);
    }

    public void add(List<MinuteUsage> counted) {
        counted.forEach(this::add);
    }

    private void add(MinuteUsage counted) {
        String application = label(counted.application());
        requests.labelValues(application, "admitted").inc(counted.admitted());
        requests.labelValues(application, "refused").inc(counted.refused());
        requests.labelValues(application, "turned_away").inc(counted.turnedAway());
        for (LimitCounts limit : counted.limits()) {
            String name = limit.limit().name();
            charged.labelValues(application, name).inc(limit.charged());
            limits.labelValues(application, name)
                    .set(limit.limit().limit().permits()
                            * 1000.0
                            / limit.limit().limit().window().toMillis());
            refusals.labelValues(application, name).inc(limit.refused());
            shadowRefusals.labelValues(application, name).inc(limit.shadowed());
        }
    }

    private synchronized String label(String application) {
        if (labelled.size() < MOST_APPLICATIONS) {
            labelled.add(application);
        }
        return labelled.contains(application) ? application : OTHERS;
    }

    public static String contentType() {
        return PrometheusTextFormatWriter.CONTENT_TYPE;
    }

    public void writeTo(OutputStream out) throws IOException {
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
    }
}
