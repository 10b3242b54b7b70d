package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.StopSignal;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ledger.runs.Alert;
import dev.tactus.ledger.runs.AlertOutbox;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the ledger's alerts to their webhooks: each a few times with growing pauses, and again with the next run.
///
/// An alert that can't be sent costs the run nothing. No message or log names a webhook's address. Thread-safe.
public final class AlertSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertSender.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TRIES = 3;
    private static final int TRIES_EVER = 30;

    private final AlertOutbox alerts;
    private final List<AlertReceiver> webhooks;
    private final StopSignal stop;
    private final Duration firstPause;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-alerts-", 0).factory());
    private final ReentrantLock sending = new ReentrantLock();

    public AlertSender(AlertOutbox alerts, List<AlertReceiver> webhooks, StopSignal stop, Duration firstPause) {
        this.alerts = alerts;
        this.webhooks = webhooks;
        this.stop = stop;
        this.firstPause = firstPause;
    }

    public void sendInBackground() {
        if (!webhooks.isEmpty()) {
            background.execute(this::send);
        }
    }

    /// Sends what is waiting; returns when all of it is sent or given up for this time.
    public void send() {
        if (webhooks.isEmpty()) {
            return;
        }
        sending.lock();
        try {
            for (Alert alert : alerts.pending(TRIES_EVER)) {
                for (AlertReceiver webhook : webhooks) {
                    if (webhook.receiver().equals(alert.receiver())) {
                        send(webhook, alert);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("alerts could not be sent: {}", e.getMessage());
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
        background.close();
        client.shutdownNow();
        client.close();
    }

    private void send(AlertReceiver webhook, Alert alert) throws InterruptedException {
        Duration pause = firstPause;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            String trouble = post(webhook, alert.body());
            if (trouble.isEmpty()) {
                alerts.sent(alert.number());
                return;
            }
            alerts.failed(alert.number(), trouble);
            if (attempt == TRIES || stop.asked()) {
                LOG.warn(
                        "the alert {} of run {} did not reach {}: {}; the next run tries again",
                        alert.kind(),
                        alert.runId(),
                        webhook.receiver(),
                        trouble);
                return;
            }
            stop.await(pause);
            pause = pause.multipliedBy(4);
        }
    }

    /// Empty if it was taken, otherwise what went wrong.
    private String post(AlertReceiver webhook, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(webhook.url())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "it answered " + status;
        } catch (IOException e) {
            // the exception's own words may hold the address
            return "no answer (" + e.getClass().getSimpleName() + ")";
        }
    }
}
