package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Subscriptions, the events they are about, and how each resource looked last. Thread-safe.
public final class SubscriptionRecords {
    private final Database database;

    SubscriptionRecords(Database database) {
        this.database = database;
    }

    /// How a resource looked when it was asked for last.
    ///
    /// @param etag as the upstream had it; empty where it has none
    public record Appearance(String etag, String digest) {}

    public List<Subscription> all() {
        return database.read(
                statements -> statements.list("SELECT * FROM subscription", SubscriptionRecords::subscription));
    }

    public void add(Subscription one) {
        database.writing(statements -> statements.update(
                """
                INSERT INTO subscription (id, application, resource, callback, secret, credentials, created_at,
                  expires_at, first_event, sent_event, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                """,
                one.id(),
                one.application(),
                one.resource(),
                one.callback().orElse(""),
                one.secret(),
                one.credentials(),
                one.createdAt(),
                one.expiresAt(),
                one.firstEvent(),
                one.sentEvent()));
    }

    /// Lives longer, with the credentials that came last, and is tried again where it was given up.
    public void extend(String id, Instant until, String credentials) {
        database.writing(statements -> statements.update("""
            UPDATE subscription SET expires_at = ?, credentials = ?, dead_at = NULL, attempts = 0,
              failing_since = NULL WHERE id = ?
            """, until, credentials, id));
    }

    public void remove(String id) {
        database.writing(statements -> statements.update("DELETE FROM subscription WHERE id = ?", id));
    }

    /// The callback has taken everything up to this event.
    public void sent(String id, long event) {
        database.writing(statements -> statements.update("""
            UPDATE subscription SET sent_event = ?, attempts = 0, failing_since = NULL, last_error = NULL
            WHERE id = ?
            """, event, id));
    }

    /// The callback has not taken an event.
    ///
    /// @param deadAt set where it is not tried again
    public void failed(String id, String why, Instant now, Optional<Instant> deadAt) {
        database.writing(statements -> statements.update("""
            UPDATE subscription SET attempts = attempts + 1, failing_since = coalesce(failing_since, ?),
              last_error = ?, dead_at = ? WHERE id = ?
            """, now, why, deadAt.orElse(null), id));
    }

    /// The number of the last event there was.
    public long lastEvent() {
        return database.read(statements -> statements.number(
                "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change_event'), 0) AS n"));
    }

    public Optional<Appearance> appearance(String resource, String audience) {
        return database.read(statements -> statements.first(
                "SELECT etag, digest FROM resource_appearance WHERE resource = ? AND audience = ?",
                row -> new Appearance(row.text("etag"), row.text("digest")),
                resource,
                audience));
    }

    /// A resource looks like this now, and has not changed in a way that anybody is told of.
    public void looks(String resource, String audience, Appearance now) {
        database.writing(statements -> look(statements, resource, audience, now));
    }

    /// A resource has changed; what it looks like and the event are written together, or not at all.
    ///
    /// @param body makes the event of its number
    public ChangeEvent changed(
            String resource, String audience, Optional<Appearance> now, Instant at, LongFunction<String> body) {
        return database.write(statements -> {
            now.ifPresent(appearance -> look(statements, resource, audience, appearance));
            long number = statements.number(
                            "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change_event'), 0) AS n")
                    + 1;
            ChangeEvent event = new ChangeEvent(number, resource, audience, body.apply(number), at);
            statements.update(
                    "INSERT INTO change_event (number, resource, audience, body, at) VALUES (?, ?, ?, ?, ?)",
                    number,
                    resource,
                    audience,
                    event.body(),
                    at);
            return event;
        });
    }

    private static void look(SqlSession statements, String resource, String audience, Appearance now) {
        statements.update("""
            INSERT INTO resource_appearance (resource, audience, etag, digest) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET etag = excluded.etag, digest = excluded.digest
            """, resource, audience, now.etag(), now.digest());
    }

    /// Events of a resource that an application may see, after this number, the oldest first.
    public List<ChangeEvent> after(String resource, String application, long number, int most) {
        return database.read(statements -> statements.list(
                """
                SELECT * FROM change_event WHERE resource = ? AND number > ? AND audience IN ('', ?)
                ORDER BY number LIMIT ?
                """,
                row -> new ChangeEvent(
                        row.number("number"),
                        row.text("resource"),
                        row.text("audience"),
                        row.text("body"),
                        row.instant("at")),
                resource,
                number,
                application,
                most));
    }

    /// Forgets subscriptions that have ended, events that are too old, and what nobody subscribes to any more.
    public void forget(Instant now, Instant eventsBefore) {
        database.writing(statements -> {
            statements.update("DELETE FROM subscription WHERE expires_at <= ?", now);
            statements.update("DELETE FROM change_event WHERE at < ?", eventsBefore);
            statements.update(
                    "DELETE FROM resource_appearance WHERE resource NOT IN (SELECT resource FROM subscription)");
        });
    }

    private static Subscription subscription(Row row) {
        return new Subscription(
                row.text("id"),
                row.text("application"),
                row.text("resource"),
                Optional.of(row.text("callback")).filter(text -> !text.isEmpty()),
                row.text("secret"),
                row.text("credentials"),
                row.instant("created_at"),
                row.instant("expires_at"),
                row.number("first_event"),
                row.number("sent_event"),
                row.integer("attempts"),
                row.optionalInstant("failing_since"),
                row.optionalText("last_error"),
                row.optionalInstant("dead_at"));
    }
}
