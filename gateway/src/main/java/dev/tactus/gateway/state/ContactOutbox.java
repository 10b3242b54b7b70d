package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The outbox: a message stays on the way, over restarts, until it has been sent or given up.
public final class ContactOutbox {
    private final Database database;

    ContactOutbox(Database database) {
        this.database = database;
    }

    public void enqueue(String id, String application, String kind, String body, Instant now) {
        database.writing(statements -> statements.update(
                "INSERT INTO message (id, application, kind, body, created_at, next_at) VALUES (?, ?, ?, ?, ?, ?)",
                id,
                application,
                kind,
                body,
                now,
                now));
    }

    /// Those whose time has come, the oldest first.
    public List<ContactMessage> due(Instant now) {
        return database.read(statements -> statements.list("""
            SELECT * FROM message WHERE sent_at IS NULL AND given_up_at IS NULL AND next_at <= ?
            ORDER BY number LIMIT 100
            """, ContactOutbox::message, now));
    }

    public long waiting() {
        return database.read(statements ->
                statements.number("SELECT count(*) AS n FROM message WHERE sent_at IS NULL AND given_up_at IS NULL"));
    }

    /// The latest messages to an application, the last one first.
    public List<ContactMessage> to(String application, int most) {
        return database.read(statements -> statements.list(
                "SELECT * FROM message WHERE application = ? ORDER BY number DESC LIMIT ?",
                ContactOutbox::message,
                application,
                most));
    }

    public void sent(long number, Instant now) {
        database.writing(statements -> statements.update(
                "UPDATE message SET sent_at = ?, attempts = attempts + 1, last_error = NULL WHERE number = ?",
                now,
                number));
    }

    public void failed(long number, String why, Instant nextAt) {
        database.writing(statements -> statements.update(
                "UPDATE message SET attempts = attempts + 1, last_error = ?, next_at = ? WHERE number = ?",
                why,
                nextAt,
                number));
    }

    public void givenUp(long number, String why, Instant now) {
        database.writing(statements -> statements.update(
                "UPDATE message SET attempts = attempts + 1, last_error = ?, given_up_at = ? WHERE number = ?",
                why,
                now,
                number));
    }

    private static ContactMessage message(Row row) {
        return new ContactMessage(
                row.number("number"),
                row.text("id"),
                row.text("application"),
                row.text("kind"),
                row.text("body"),
                row.instant("created_at"),
                row.integer("attempts"),
                row.instant("next_at"),
                Optional.ofNullable(row.textOrNull("last_error")),
                Optional.ofNullable(row.instantOrNull("sent_at")),
                Optional.ofNullable(row.instantOrNull("given_up_at")));
    }
}
