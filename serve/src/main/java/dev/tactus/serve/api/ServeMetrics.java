package dev.tactus.serve.api;

import dev.tactus.serve.answers.WorkerCount;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Figures for Prometheus: what needs somebody, the runs, and the server itself. Thread-safe.
public final class ServeMetrics {
    private static final double NANOS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("tactus_serve_requests_total")
            .help("Requests to the page and its API.")
            .labelNames("area", "status")
            .register(registry);
    private final Summary seconds = Summary.builder()
            .name("tactus_serve_request_seconds")
            .help("How long requests took.")
            .labelNames("area")
            .register(registry);
    private final Gauge scheduled = Gauge.builder()
            .name("tactus_serve_job_exit_code")
            .help("The exit code of the last start of each scheduled job.")
            .labelNames("job")
            .register(registry);

    /// Metrics over answers, which are asked for when figures are.
    ///
    /// @param needs the answer of `today`; missing where there is none
    /// @param runs the answer of `runs list`; missing where there is none
    /// @param workers the processes that work on runs; as they are now, for no file tells of them
    public ServeMetrics(Supplier<JsonNode> needs, Supplier<JsonNode> runs, Supplier<List<WorkerCount>> workers) {
        workers("tactus_workers", "Processes that work on runs and live.", workers, WorkerCount::workers);
        workers("tactus_worker_pages", "Pages of runs that workers have claimed.", workers, WorkerCount::pages);
        workers("tactus_worker_quotas", "Quotas that workers own.", workers, WorkerCount::quotas);
        GaugeWithCallback.builder()
                .name("tactus_needs_somebody")
                .help("What needs somebody, by kind, as tactus today counts it.")
                .labelNames("kind", "urgency")
                .callback(values -> needs.get()
                        .path("counts")
                        .properties()
                        .forEach(count -> values.call(
                                count.getValue().path("count").asDouble(0),
                                count.getKey(),
                                count.getValue().path("urgency").asString(""))))
                .register(registry);
        GaugeWithCallback.builder()
                .name("tactus_runs")
                .help("Runs in the ledger, by state.")
                .labelNames("source", "state")
                .callback(values -> runs.get().path("runs").values().stream()
                        .collect(Collectors.groupingBy(
                                run -> List.of(text(run, "source"), text(run, "state")),
                                Collectors.summingDouble(_ -> 1)))
                        .forEach((key, count) -> values.call(count, key.getFirst(), key.getLast())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("tactus_serve_heap_bytes")
                .help("Heap in use.")
                .callback(values -> values.call(heap()))
                .register(registry);
    }

    private void workers(
            String name, String help, Supplier<List<WorkerCount>> workers, ToLongFunction<WorkerCount> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("host", "command")
                .callback(values -> workers.get()
                        .forEach(one -> values.call((double) figure.applyAsLong(one), one.host(), one.command())))
                .register(registry);
    }

    /// Counts a request that was answered.
    public void answered(PageRequest request, int status, long nanos) {
        String area = area(request.path());
        requests.labelValues(area, Integer.toString(status)).inc();
        seconds.labelValues(area).observe(nanos / NANOS);
    }

    /// Notes how a scheduled job has ended.
    public void ended(String job, int exit) {
        scheduled.labelValues(job).set(exit);
    }

    public PageResponse scrape() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
        return PageResponse.of(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray());
    }

    private static double heap() {
        return (double)
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asString("");
    }

    /// Few words, so that strange paths make no new series.
    private static String area(String path) {
        String first = path.split("/", -1)[1];
        return Set.of("api", "assets", "metrics", "livez", "readyz").contains(first) ? first : "page";
    }
}
