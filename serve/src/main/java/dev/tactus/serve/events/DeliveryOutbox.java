package dev.tactus.serve.events;

import dev.tactus.database.Database;
import dev.tactus.webhook.WebhookMessage;
import dev.tactus.webhook.WebhookOutbox;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Events on their way to receivers, kept until they are delivered or given up.
final class DeliveryOutbox implements WebhookOutbox {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int AT_ONCE = 200;

    private final Database database;

    DeliveryOutbox(Database database) {
        this.database = database;
    }

    @Override
    public List<WebhookMessage> due(Instant now) {
        return database.read(session -> session.list(
                """
                SELECT d.number AS place, d.receiver, d.attempts, e.number, e.id, e.type, e.subject, e.at, e.data
                FROM delivery d JOIN event e ON e.number = d.event
                WHERE d.done = 0 AND d.due_at <= ? ORDER BY d.number LIMIT ?
                """,
                row -> {
                    SiteEvent event = new SiteEvent(
                            row.number("number"),
                            row.text("id"),
                            row.text("type"),
                            row.text("subject"),
                            row.instant("at"),
                            MAPPER.readTree(row.text("data")));
                    return new WebhookMessage(
                            row.number("place"),
                            event.id(),
                            row.text("receiver"),
                            event.type(),
                            event.json(),
                            Math.toIntExact(row.number("attempts")));
                },
                now,
                AT_ONCE));
    }

    @Override
    public void delivered(WebhookMessage message) {
        end(message, "delivered");
    }

    @Override
    public void failed(WebhookMessage message, String reason, Instant nextAttempt) {
        database.writing(session -> session.update(
                "UPDATE delivery SET attempts = attempts + 1, reason = ?, due_at = ? WHERE number = ?",
                reason,
                nextAttempt,
                message.number()));
    }

    @Override
    public void abandoned(WebhookMessage message, String reason) {
        end(message, reason);
    }

    private void end(WebhookMessage message, String reason) {
        database.writing(session ->
                session.update("UPDATE delivery SET done = 1, reason = ? WHERE number = ?", reason, message.number()));
    }
}
