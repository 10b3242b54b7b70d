package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.StopSignal;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ledger.runs.Alert;
import dev.tactus.ledger.runs.AlertOutbox;
import dev.tactus.webhook.RetrySchedule;
import dev.tactus.webhook.WebhookMessage;
import dev.tactus.webhook.WebhookOutbox;
import dev.tactus.webhook.WebhookReceivers;
import dev.tactus.webhook.WebhookSender;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the ledger's alerts to their receivers: each a few times with growing pauses, and again with the next run.
///
/// An alert that can't be sent costs the run nothing. Thread-safe.
public final class AlertSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AlertSender.class);
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(1), Duration.ofSeconds(4)));
    /// of one alert, over all runs
    private static final int MAX_ATTEMPTS = 30;

    private final Outbox outbox;
    private final StopSignal stop;
    private final WebhookSender sender;
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-alerts-", 0).factory());
    private final ReentrantLock sending = new ReentrantLock();

    public AlertSender(AlertOutbox alerts, List<AlertReceiver> receivers, StopSignal stop, InstantSource clock) {
        Map<String, URI> addresses = receivers.stream()
                .collect(Collectors.toMap(AlertReceiver::receiver, AlertReceiver::url, (first, same) -> first));
        this.outbox = new Outbox(alerts, addresses);
        this.stop = stop;
        this.sender = new WebhookSender(
                outbox,
                outbox,
                SCHEDULE,
                clock,
                () -> ThreadLocalRandom.current().nextLong());
    }

    public void sendInBackground() {
        background.execute(this::send);
    }

    /// Sends what is waiting; returns when all of it is delivered, or left to the next run.
    public void send() {
        sending.lock();
        try {
            sender.sendDue();
            for (Duration pause : SCHEDULE.pauses()) {
                if (stop.requested() || !outbox.isWaiting()) {
                    return;
                }
                stop.await(pause);
                sender.sendDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("alerts could not be sent: {}", e.getMessage());
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
        background.close();
        sender.close();
    }

    /// The ledger's alerts for receivers that are configured. It counts the attempts of this run by itself.
    private static final class Outbox implements WebhookOutbox, WebhookReceivers {
        private final AlertOutbox alerts;
        private final Map<String, URI> addresses;
        private final Map<Long, Retry> retries = new ConcurrentHashMap<>();

        /// @param failed attempts in this run
        private record Retry(int failed, Instant next) {
            static final Retry NONE = new Retry(0, Instant.MIN);
        }

        Outbox(AlertOutbox alerts, Map<String, URI> addresses) {
            this.alerts = alerts;
            this.addresses = addresses;
        }

        boolean isWaiting() {
            return pending(Instant.MAX.minusNanos(1)).findAny().isPresent();
        }

        @Override
        public List<WebhookMessage> due(Instant now) {
            return pending(now).map(this::message).toList();
        }

        private Stream<Alert> pending(Instant now) {
            return addresses.isEmpty()
                    ? Stream.empty()
                    : alerts.pending(MAX_ATTEMPTS).stream()
                            .filter(alert -> addresses.containsKey(alert.receiver())
                                    && !retry(alert.number()).next().isAfter(now));
        }

        private WebhookMessage message(Alert alert) {
            return new WebhookMessage(
                    alert.number(),
                    "alert-" + alert.number(),
                    alert.receiver(),
                    alert.kind(),
                    alert.body(),
                    retry(alert.number()).failed());
        }

        private Retry retry(long number) {
            return retries.getOrDefault(number, Retry.NONE);
        }

        @Override
        public Receiver find(String name) {
            URI address = addresses.get(name);
            return address == null ? new Gone("no longer configured") : new Reachable(address, Optional.empty());
        }

        @Override
        public void delivered(WebhookMessage message) {
            alerts.sent(message.number());
        }

        @Override
        public void failed(WebhookMessage message, String reason, Instant nextAttempt) {
            alerts.failed(message.number(), reason);
            retries.put(message.number(), new Retry(message.attempts() + 1, nextAttempt));
        }

        @Override
        public void abandoned(WebhookMessage message, String reason) {
            failed(message, reason, Instant.MAX);
            log.warn(
                    "{} ({}) was not delivered to {}: {}; the next run tries again",
                    message.id(),
                    message.type(),
                    message.receiver(),
                    reason);
        }
    }
}
