package dev.tactus.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// An outbox in memory.
final class FakeOutbox implements WebhookOutbox {
    /// @param end what became of it; empty while it is on its way
    record Entry(WebhookMessage message, Instant nextAttempt, String reason, String end) {}

    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(String receiver, Instant now) {
        int number = entries.size();
        entries.add(new Entry(
                new WebhookMessage(number, "msg_" + number, receiver, "test", "{\"number\":" + number + "}", 0),
                now,
                "",
                ""));
    }

    synchronized Entry entry(int number) {
        return entries.get(number);
    }

    @Override
    public synchronized List<WebhookMessage> due(Instant now) {
        return entries.stream()
                .filter(entry -> entry.end().isEmpty() && !entry.nextAttempt().isAfter(now))
                .map(Entry::message)
                .toList();
    }

    @Override
    public synchronized void delivered(WebhookMessage message) {
        change(message, message.attempts(), Instant.MAX, "", "delivered");
    }

    @Override
    public synchronized void failed(WebhookMessage message, String reason, Instant nextAttempt) {
        change(message, message.attempts() + 1, nextAttempt, reason, "");
    }

    @Override
    public synchronized void abandoned(WebhookMessage message, String reason) {
        change(message, message.attempts() + 1, Instant.MAX, reason, "abandoned");
    }

    private void change(WebhookMessage was, int attempts, Instant nextAttempt, String reason, String end) {
        WebhookMessage message =
                new WebhookMessage(was.number(), was.id(), was.receiver(), was.type(), was.body(), attempts);
        entries.set((int) was.number(), new Entry(message, nextAttempt, reason, end));
    }
}
