package dev.tactus.gateway.shared;

import dev.tactus.gateway.network.SharedSettings;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What several gateways agree on besides quotas: applications, keys and standings, each a hash in the store.
///
/// A change is written as soon as it is made, or as soon as the store is there again; every second each gateway looks
/// whether another has changed something, and then follows the store. What was in a store first holds: a gateway that
/// joins others takes over what they have. A thread of its own does all of it. Thread-safe.
public final class SharedState implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SharedState.class);
    private static final String VERSION = "tactus:version";
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int LOOK_MILLIS = 1_000;

    /// One sort of things that are shared, as texts by id.
    ///
    /// Who follows asks for what all have under the lock under which it tells of its own changes.
    /// Thus none is undone that the store doesn't know yet.
    ///
    /// @param local what this gateway has
    /// @param follow takes what all have
    public record Book(
            String name, Supplier<Map<String, String>> local, Consumer<Supplier<Map<String, String>>> follow) {
        String key() {
            return "tactus:" + name;
        }
    }

    /// @param value nothing where it was taken away
    private record Change(String book, String id, Optional<String> value) {}

    private final SharedSettings settings;
    private final List<Book> books;
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private String seen = "";
    private boolean failing;

    public SharedState(SharedSettings settings, List<Book> books) {
        this.settings = settings;
        this.books = List.copyOf(books);
        thread = Thread.ofVirtual().name("tactus-gateway-shared").start(this::run);
    }

    /// Something was changed here.
    ///
    /// @param value nothing where it was taken away
    public void changed(String book, String id, Optional<String> value) {
        synchronized (changes) {
            changes.add(new Change(book, id, value));
        }
        wakes.release();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (RedisSession session = new RedisSession(settings)) {
                if (failing) {
                    log.info("applications and standings are shared again with {}", settings);
                    failing = false;
                }
                while (true) {
                    agree(session);
                    wakes.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                if (!failing) {
                    log.warn(
                            "applications and standings are not shared with {} ({}); changes are sent as soon as it"
                                    + " is there",
                            settings,
                            e.getMessage());
                    failing = true;
                }
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void agree(RedisSession session) throws IOException {
        if (session.ask("GET", VERSION) instanceof RespReply.Nothing) {
            for (Book book : books) {
                for (Map.Entry<String, String> each : book.local().get().entrySet()) {
                    session.ask("HSETNX", book.key(), each.getKey(), each.getValue());
                }
            }
            session.ask("INCR", VERSION);
        }
        for (Change change = next(); change != null; change = next()) {
            String key = "tactus:" + change.book();
            if (change.value().isPresent()) {
                session.ask("HSET", key, change.id(), change.value().get());
            } else {
                session.ask("HDEL", key, change.id());
            }
            session.ask("INCR", VERSION);
            synchronized (changes) {
                changes.poll(); // only now that it is written
            }
        }
        String version = session.ask("GET", VERSION).toString();
        if (!version.equals(seen)) {
            for (Book book : books) {
                Map<String, String> all = session.hash(book.key());
                book.follow().accept(() -> withChanges(book, all));
            }
            seen = version;
        }
    }

    /// What all have, and what was changed here since that was read.
    private Map<String, String> withChanges(Book book, Map<String, String> all) {
        synchronized (changes) {
            changes.stream()
                    .filter(change -> change.book().equals(book.name()))
                    .forEach(change -> change.value()
                            .ifPresentOrElse(text -> all.put(change.id(), text), () -> all.remove(change.id())));
        }
        return all;
    }

    private @Nullable Change next() {
        synchronized (changes) {
            return changes.peek();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
