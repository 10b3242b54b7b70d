package dev.tactus.gateway.usage;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes records as lines of JSON, by a thread of its own.
///
/// The data path is never held up: where lines come faster than the file takes them, or it takes none, records are
/// dropped and counted. A reload opens the file anew, so that one that was moved away is let go. Thread-safe.
public final class AccessLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final int MOST_WAITING = 16 * 1024;
    private static final int MOST_AT_ONCE = 1024;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final InstantSource clock;
    private final BlockingQueue<AccessRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile Optional<AccessLogSettings> settings;
    private volatile boolean reopen;
    private volatile boolean closed;

    public AccessLog(Optional<AccessLogSettings> settings, InstantSource clock) {
        this(settings, clock, true);
    }

    private AccessLog(Optional<AccessLogSettings> settings, InstantSource clock, boolean writes) {
        this.settings = settings;
        this.clock = clock;
        thread = Thread.ofVirtual().name("tactus-gateway-access-log").unstarted(this::run);
        if (writes) {
            thread.start();
        }
    }

    /// One that nobody wants.
    public static AccessLog off() {
        return new AccessLog(Optional.empty(), InstantSource.system(), false);
    }

    /// Goes by these from now on, and opens the file anew.
    public void configure(Optional<AccessLogSettings> now) {
        settings = now;
        reopen = true;
    }

    public boolean isOn() {
        return settings.isPresent();
    }

    /// Whether a request with this answer is to be written.
    ///
    /// @param status 0 where there was none
    public boolean wants(int status) {
        Optional<AccessLogSettings> now = settings;
        return now.isPresent()
                && (status < 200
                        || status >= 400
                        || now.get().sample() >= 1
                        || ThreadLocalRandom.current().nextDouble() < now.get().sample());
    }

    public void write(AccessRecord ended) {
        if (!waiting.offer(ended)) {
            dropped.increment();
        }
    }

    /// How many records could not be written.
    public long dropped() {
        return dropped.sum();
    }

    public Instant now() {
        return clock.instant();
    }

    private void run() {
        Optional<OutputStream> out = Optional.empty();
        List<AccessRecord> batch = new ArrayList<>();
        boolean failing = false;
        while (!closed || !waiting.isEmpty()) {
            try {
                AccessRecord first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (reopen) {
                    reopen = false;
                    close(out);
                    out = Optional.empty();
                }
                if (first == null) {
                    continue;
                }
                batch.add(first);
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                if (out.isEmpty()) {
                    out = Optional.of(open());
                }
                out.get().write(lines(batch));
                out.get().flush();
                failing = false;
            } catch (IOException e) {
                dropped.add(batch.size());
                if (!failing) {
                    log.error("the access log can't be written, and its lines are dropped until it can: {}", "" + e);
                }
                failing = true;
                close(out);
                out = Optional.empty();
            } catch (InterruptedException e) {
                closed = true; // what waits is still written
            } finally {
                batch.clear();
            }
        }
        close(out);
    }

    private OutputStream open() throws IOException {
        Optional<Path> file = settings.flatMap(AccessLogSettings::file);
        return file.isPresent()
                ? Files.newOutputStream(file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : new FileOutputStream(FileDescriptor.out);
    }

    private void close(Optional<OutputStream> out) {
        if (out.isEmpty() || settings.flatMap(AccessLogSettings::file).isEmpty()) {
            return; // standard output is not ours to close
        }
        try {
            out.get().close();
        } catch (IOException e) {
            log.error("the access log could not be closed: {}", "" + e);
        }
    }

    private static byte[] lines(List<AccessRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (AccessRecord each : records) {
            try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
                write(each, json);
            }
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static void write(AccessRecord each, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("at", each.at().toString());
        json.writeStringProperty("address", each.address());
        each.application().ifPresent(id -> json.writeStringProperty("application", id));
        json.writeStringProperty("method", each.method());
        json.writeStringProperty("path", each.path());
        json.writeStringProperty("protocol", each.protocol());
        each.status().ifPresent(status -> json.writeNumberProperty("status", status));
        json.writeStringProperty("by", each.own() ? "gateway" : "upstream");
        json.writeBooleanProperty("whole", each.whole());
        json.writeNumberProperty("bytes", each.bytes());
        json.writeNumberProperty("ms", each.millis());
        json.writeNumberProperty("queued_ms", each.queuedMillis());
        each.upstream().ifPresent(name -> json.writeStringProperty("upstream", name));
        each.agent().ifPresent(agent -> json.writeStringProperty("user_agent", agent));
        each.trace().ifPresent(trace -> json.writeStringProperty("trace", trace));
        json.writeEndObject();
    }

    /// Writes what waits, and ends.
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
