package dev.tactus.serve.events;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.serve.state.SiteState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The events, numbered in the order in which they were noticed. Thread-safe.
public final class EventLog {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Database database;
    private final SiteState state;
    private long changes;

    public EventLog(SiteState state) {
        this.state = state;
        this.database = state.database();
    }

    /// Takes those that are not known yet, with a delivery to each receiver that wants to know.
    ///
    /// @return how many were new
    int note(List<SiteEvent> found, Collection<EventReceiver> receivers) {
        List<SiteEvent> fresh = new ArrayList<>();
        Instant now = state.clock().instant();
        database.writing(session -> {
            for (SiteEvent event : found) {
                long added = session.update(
                        "INSERT INTO event (id, type, subject, at, data) SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS"
                                + " (SELECT 1 FROM event WHERE id = ?)",
                        event.id(),
                        event.type(),
                        event.subject(),
                        event.at(),
                        MAPPER.writeValueAsString(event.data()),
                        event.id());
                if (added > 0) {
                    fresh.add(event);
                    long number = session.number("SELECT last_insert_rowid() AS n");
                    receivers.stream()
                            .filter(receiver -> receiver.wants(event.type()))
                            .forEach(receiver -> session.update(
                                    "INSERT INTO delivery (event, receiver, attempts, due_at, done, reason) SELECT ?,"
                                            + " name, 0, ?, 0, '' FROM receiver WHERE name = ? AND since < ?",
                                    number,
                                    receiver.dueAt(now),
                                    receiver.name(),
                                    number));
                }
            }
        });
        if (!fresh.isEmpty()) {
            synchronized (this) {
                changes++;
                notifyAll();
            }
        }
        return fresh.size();
    }

    /// A receiver that is new is told of what happens from now on.
    void register(Collection<EventReceiver> receivers) {
        database.writing(session -> receivers.forEach(receiver -> session.update(
                "INSERT OR IGNORE INTO receiver (name, since) SELECT ?, coalesce(max(number), 0) FROM event",
                receiver.name())));
    }

    /// Those after a cursor, the oldest first.
    public List<SiteEvent> after(long number, int most) {
        return database.read(session -> session.list(
                "SELECT number, id, type, subject, at, data FROM event WHERE number > ? ORDER BY number LIMIT ?",
                EventLog::event,
                number,
                most));
    }

    /// The last ones, the newest first.
    public List<SiteEvent> last(int most) {
        return database.read(session -> session.list(
                "SELECT number, id, type, subject, at, data FROM event ORDER BY number DESC LIMIT ?",
                EventLog::event,
                most));
    }

    /// How often something was noted so far: to be asked before events are read, and waited on afterwards.
    synchronized long changes() {
        return changes;
    }

    /// Waits until something is noted after that, at most so long.
    synchronized void await(long seen, Duration longest) throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis(); changes == seen && left > 0; left = millisTo(until)) {
            wait(left);
        }
    }

    private static long millisTo(long nanos) {
        return Duration.ofNanos(nanos - System.nanoTime()).toMillis();
    }

    private static SiteEvent event(Row row) {
        return new SiteEvent(
                row.number("number"),
                row.text("id"),
                row.text("type"),
                row.text("subject"),
                row.instant("at"),
                MAPPER.readTree(row.text("data")));
    }
}
