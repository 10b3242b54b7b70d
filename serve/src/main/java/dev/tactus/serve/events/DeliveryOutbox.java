package dev.tactus.serve.events;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.webhook.WebhookMessage;
import dev.tactus.webhook.WebhookOutbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/// Events on their way to receivers, kept until they are delivered or given up.
///
/// A program gets a message for each event; people get one for all that is due.
final class DeliveryOutbox implements WebhookOutbox {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int AT_ONCE = 200;

    private final Database database;
    private final Map<String, EventReceiver> receivers;
    /// The deliveries that a message stands for, by the number of the last of them.
    private final Map<Long, List<Long>> gathered = new ConcurrentHashMap<>();

    private record Delivery(long number, String receiver, int attempts, SiteEvent event) {
        static Delivery of(Row row) {
            SiteEvent event = new SiteEvent(
                    row.number("number"),
                    row.text("id"),
                    row.text("type"),
                    row.text("subject"),
                    row.instant("at"),
                    MAPPER.readTree(row.text("data")));
            return new Delivery(
                    row.number("place"), row.text("receiver"), Math.toIntExact(row.number("attempts")), event);
        }
    }

    /// @param receivers by their names
    DeliveryOutbox(Database database, Map<String, EventReceiver> receivers) {
        this.database = database;
        this.receivers = receivers;
    }

    @Override
    public List<WebhookMessage> due(Instant now) {
        List<Delivery> due = database.read(session -> session.list("""
            SELECT d.number AS place, d.receiver, d.attempts, e.number, e.id, e.type, e.subject, e.at, e.data
            FROM delivery d JOIN event e ON e.number = d.event
            WHERE d.done = 0 AND d.due_at <= ? ORDER BY d.number LIMIT ?
            """, Delivery::of, now, AT_ONCE));
        List<WebhookMessage> messages = new ArrayList<>();
        Map<String, List<Delivery>> together = new LinkedHashMap<>();
        for (Delivery each : due) {
            if (chat(each.receiver()).isPresent()) {
                together.computeIfAbsent(each.receiver(), _ -> new ArrayList<>())
                        .add(each);
            } else {
                messages.add(message(List.of(each), each.event().json()));
            }
        }
        together.forEach((receiver, all) -> messages.add(message(
                all,
                EventText.message(
                        all.stream().map(Delivery::event).toList(),
                        chat(receiver).orElseThrow()))));
        return messages;
    }

    private Optional<ChatSettings> chat(String receiver) {
        return Optional.ofNullable(receivers.get(receiver)).flatMap(EventReceiver::chat);
    }

    private WebhookMessage message(List<Delivery> all, String body) {
        Delivery last = all.getLast();
        gathered.put(last.number(), all.stream().map(Delivery::number).toList());
        return new WebhookMessage(
                last.number(),
                last.event().id(),
                last.receiver(),
                last.event().type(),
                body,
                all.stream().mapToInt(Delivery::attempts).max().orElse(0));
    }

    private List<Long> takeAll(WebhookMessage message) {
        List<Long> all = gathered.remove(message.number());
        return all == null ? List.of(message.number()) : all;
    }

    @Override
    public void delivered(WebhookMessage message) {
        end(message, "delivered");
    }

    @Override
    public void failed(WebhookMessage message, String reason, Instant nextAttempt) {
        List<Long> all = takeAll(message);
        database.writing(session -> all.forEach(number -> session.update(
                "UPDATE delivery SET attempts = attempts + 1, reason = ?, due_at = ? WHERE number = ?",
                reason,
                nextAttempt,
                number)));
    }

    @Override
    public void abandoned(WebhookMessage message, String reason) {
        end(message, reason);
    }

    private void end(WebhookMessage message, String reason) {
        List<Long> all = takeAll(message);
        database.writing(session -> all.forEach(
                number -> session.update("UPDATE delivery SET done = 1, reason = ? WHERE number = ?", reason, number)));
    }
}
