package dev.tactus.gateway.tracing;

import dev.tactus.http.HttpOutcome;
import dev.tactus.http.HttpSettings;
import dev.tactus.http.HttpTransport;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Makes a span of each request, and sends those that are kept to a collector in OTLP's JSON form.
///
/// Where nobody wants spans, a caller's `traceparent` passes as it came, and none is made: one of ours that says
/// "not sampled" would keep those behind us from sampling. A span waits in a bounded queue for a thread of its own;
/// what
/// does not fit is dropped and counted, and no request is ever held up. Thread-safe.
public final class RequestTracer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RequestTracer.class);
    private static final AsciiString PARENT = AsciiString.cached("traceparent");
    private static final AsciiString STATE = AsciiString.cached("tracestate");
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
    private static final int OK = 200;
    private static final int NO_SUCCESS = 300;
    private static final int TRIES = 3;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration TO_CLOSE = Duration.ofSeconds(3);
    private static final int MOST_ANSWER = 64 * 1024;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final @Nullable TracingSettings settings;
    private final BlockingQueue<RequestSpan> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final Optional<Thread> thread;
    private volatile boolean closing;
    private boolean failing;

    /// A request's place in its trace.
    ///
    /// @param parent the caller's span
    public record TracePlace(TraceContext context, Optional<String> parent) {}

    private RequestTracer(@Nullable TracingSettings settings) {
        this.settings = settings;
        waiting = new ArrayBlockingQueue<>(settings == null ? 1 : settings.queue());
        thread = settings == null
                ? Optional.empty()
                : Optional.of(Thread.ofVirtual().name("tactus-gateway-spans").start(() -> run(settings)));
    }

    /// One that makes none.
    public static RequestTracer off() {
        return new RequestTracer(null);
    }

    /// One that does what the environment says.
    ///
    /// @throws IllegalArgumentException for what can't be done, naming the variable
    public static RequestTracer of(Function<String, Optional<String>> variables) {
        return new RequestTracer(TracingSettings.read(variables).orElse(null));
    }

    public boolean isOn() {
        return settings != null;
    }

    /// Spans that were not sent, as too many came or the collector was away.
    public long dropped() {
        return dropped.get();
    }

    /// Spans that the collector has taken.
    public long sent() {
        return sent.get();
    }

    /// Finds a request's place, and says it to whoever gets the request. A field that can't be read, or stands there
    /// twice, is no parent, and is replaced with all that came with it.
    public TracePlace begin(HttpHeaders headers) {
        if (settings == null) {
            throw new IllegalStateException("nobody wants spans");
        }
        List<String> fields = headers.getAll(PARENT);
        Optional<TraceContext> parent = fields.size() == 1 ? TraceContext.parse(fields.getFirst()) : Optional.empty();
        TraceContext context;
        if (parent.isPresent()) {
            context = parent.get().child(settings.sampler().keeps(parent.get().trace(), parent));
        } else {
            TraceContext root = TraceContext.root(true);
            context = new TraceContext(
                    root.trace(), root.span(), settings.sampler().keeps(root.trace(), parent));
            headers.remove(STATE);
        }
        headers.set(PARENT, context.field());
        return new TracePlace(context, parent.map(TraceContext::span));
    }

    /// A request is over.
    public void ended(RequestSpan span) {
        if (span.context().sampled() && !waiting.offer(span)) {
            dropped.incrementAndGet();
        }
    }

    private void run(TracingSettings to) {
        HttpSettings http = new HttpSettings(to.patience(), to.patience(), to.patience(), MOST_ANSWER);
        try (HttpTransport transport = new HttpTransport("gateway-spans", http, 1)) {
            List<RequestSpan> batch = new ArrayList<>();
            while (!closing || !waiting.isEmpty()) {
                gather(batch, to);
                if (!batch.isEmpty()) {
                    send(transport, to, batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void gather(List<RequestSpan> batch, TracingSettings to) throws InterruptedException {
        long until = System.nanoTime() + to.every().toNanos();
        while (batch.size() < to.batch() && !closing) {
            long left = until - System.nanoTime();
            RequestSpan next = left <= 0 ? null : waiting.poll(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            if (next != null) {
                batch.add(next);
                waiting.drainTo(batch, to.batch() - batch.size());
            } else if (left <= 0) {
                return;
            }
        }
        waiting.drainTo(batch, Math.max(0, to.batch() - batch.size()));
    }

    private void send(HttpTransport transport, TracingSettings to, List<RequestSpan> batch)
            throws InterruptedException {
        String body = MAPPER.writeValueAsString(json(to, batch));
        String why = "";
        for (int tries = 0; tries < TRIES; tries++) {
            switch (transport.postJson(to.endpoint(), to.headers(), body)) {
                case HttpOutcome.Response answer
                when answer.status() >= OK && answer.status() < NO_SUCCESS -> {
                    sent.addAndGet(batch.size());
                    if (failing) {
                        failing = false;
                        log.info(
                                "the collector at {} takes spans again",
                                to.endpoint().getHost());
                    }
                    return;
                }
                case HttpOutcome.Response answer -> {
                    why = "status " + answer.status();
                    tries = BUSY.contains(answer.status()) ? tries : TRIES;
                }
                case HttpOutcome.Truncated cut -> why = cut.detail();
                case HttpOutcome.NoResponse none -> why = none.detail();
            }
            if (closing) {
                break;
            }
            Thread.sleep(LOOK.multipliedBy(1L << (tries % TRIES)));
        }
        dropped.addAndGet(batch.size());
        if (!failing) {
            failing = true;
            log.warn(
                    "the collector at {} takes no spans ({}); they are dropped and counted in tactus_spans_dropped_total",
                    to.endpoint().getHost(),
                    why);
        }
    }

    private static Map<String, Object> json(TracingSettings to, List<RequestSpan> batch) {
        return Map.of(
                "resourceSpans",
                List.of(Map.of(
                        "resource",
                        Map.of("attributes", RequestSpan.attributes(to.resource())),
                        "scopeSpans",
                        List.of(Map.of(
                                "scope",
                                Map.of("name", "tactus.gateway"),
                                "spans",
                                batch.stream().map(RequestSpan::json).toList())))));
    }

    /// Sends what waits, if the collector takes it.
    @Override
    public void close() {
        closing = true;
        thread.ifPresent(sending -> {
            try {
                if (!sending.join(TO_CLOSE)) {
                    sending.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
