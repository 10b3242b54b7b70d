package dev.tactus.console.lineage;

import dev.tactus.console.config.LineageSettings;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.Transport;
import io.openlineage.client.utils.UUIDUtils;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends lineage with OpenLineage's own client, on a thread of its own.
///
/// Begun and closed by one thread; events queue up between, at most [#MOST], and whatever goes wrong is counted and
/// said once, at the end.
public final class OpenLineageSender implements Lineage {
    private static final int MOST = 1_000;

    private final LineageSettings settings;
    private final InstantSource clock;
    private final Consumer<String> said;
    private final OpenLineageEvents events;
    /// Nothing is the end.
    private final BlockingQueue<Optional<RunEvent>> queue = new LinkedBlockingQueue<>(MOST);
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicReference<@Nullable String> why = new AtomicReference<>();
    private final Thread thread;

    public OpenLineageSender(LineageSettings settings, InstantSource clock, Consumer<String> said) {
        this.settings = settings;
        this.clock = clock;
        this.said = said;
        this.events = new OpenLineageEvents(settings.namespace());
        this.thread = Thread.ofVirtual().name("lineage").start(this::send);
    }

    @Override
    public Task begin(String job, List<Data> inputs) {
        Running running = new Running(job, UUIDUtils.generateNewUUID(), inputs);
        running.tell(EventType.START, inputs, List.of(), new JsonObject(), null);
        return running;
    }

    @Override
    public void close() {
        try {
            if (!queue.offer(Optional.empty()) || !thread.join(settings.patience())) {
                why.compareAndSet(
                        null, "no answer within " + settings.patience().toMillis() + " ms");
                // what is on its way counts too, and the end of the queue doesn't
                lost.addAndGet(Math.max(1, queue.size()));
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int missing = lost.get();
        if (missing > 0) {
            said.accept("lineage: " + HumanFormat.counted(missing, "event", "events") + " did not reach " + address()
                    + " (" + why.get() + "); nothing else is affected");
        }
    }

    private String address() {
        return switch (settings.target()) {
            case LineageSettings.Target.File file -> file.path().toString();
            case LineageSettings.Target.Server server -> server.toString();
        };
    }

    private void send() {
        try {
            OpenLineageClient client = new OpenLineageClient(transport());
            for (Optional<RunEvent> next = queue.take(); next.isPresent(); next = queue.take()) {
                emit(client, next.get());
            }
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError e) {
            // whatever a library throws, the run goes on
            lose(e);
            queue.removeIf(event -> event.isPresent() && lose(e));
        }
    }

    private void emit(OpenLineageClient client, RunEvent event) {
        try {
            client.emit(event);
        } catch (RuntimeException e) {
            lose(e);
        }
    }

    private boolean lose(Throwable e) {
        lost.incrementAndGet();
        // the client's own exceptions only wrap
        @Nullable Throwable cause = e instanceof OpenLineageClientException ? e.getCause() : null;
        why.compareAndSet(null, String.valueOf((cause == null ? e : cause).getMessage()));
        return true;
    }

    private Transport transport() {
        return switch (settings.target()) {
            case LineageSettings.Target.File file -> new OpenLineageFile(file.path());
            case LineageSettings.Target.Server server -> {
                HttpConfig http = new HttpConfig();
                http.setUrl(server.address());
                http.setTimeoutInMillis(Math.toIntExact(Math.max(
                        100, settings.patience().plus(Duration.ofSeconds(1)).toMillis())));
                server.apiKey().ifPresent(key -> {
                    ApiKeyTokenProvider token = new ApiKeyTokenProvider();
                    token.setApiKey(key);
                    http.setAuth(token);
                });
                yield new HttpTransport(http);
            }
        };
    }

    private final class Running implements Task {
        private final String job;
        private final UUID id;
        private final List<Data> begun;
        private boolean ended;

        Running(String job, UUID id, List<Data> begun) {
            this.job = job;
            this.id = id;
            this.begun = begun;
        }

        @Override
        public void complete(List<Data> inputs, List<Data> outputs, JsonObject facts) {
            end(EventType.COMPLETE, inputs, outputs, facts, null);
        }

        @Override
        public void abort(JsonObject facts) {
            end(EventType.ABORT, begun, List.of(), facts, null);
        }

        @Override
        public void fail(String message) {
            end(EventType.FAIL, begun, List.of(), new JsonObject(), message);
        }

        @Override
        public void close() {
            fail("it ended before it was done; its messages say why");
        }

        private void end(
                EventType type, List<Data> inputs, List<Data> outputs, JsonObject facts, @Nullable String message) {
            if (!ended) {
                ended = true;
                tell(type, inputs, outputs, facts, message);
            }
        }

        private void tell(
                EventType type, List<Data> inputs, List<Data> outputs, JsonObject facts, @Nullable String message) {
            if (!queue.offer(
                    Optional.of(events.event(type, clock.instant(), id, job, inputs, outputs, facts, message)))) {
                lost.incrementAndGet();
                why.compareAndSet(null, "too many at once");
            }
        }
    }
}
