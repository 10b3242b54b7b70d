package dev.tactus.webhook;

import dev.tactus.http.HttpOutcome;
import dev.tactus.http.HttpSettings;
import dev.tactus.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the messages of an outbox by POST, at least once.
///
/// Receivers are served concurrently, the messages of one receiver one after the other, so that a slow receiver holds
/// up nobody else. One that gives no response at all is left alone until the pause of the failed message is over, for
/// a minute at most (a circuit breaker: open, then half-open by the next message); its other messages keep their
/// attempts. No log names an address: whoever knows one can post.
///
/// [#sendDue] is called by one thread at a time.
public final class WebhookSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_OPEN = Duration.ofMinutes(1);
    private static final int MAX_BODY_BYTES = 64 << 10;
    private static final int CONNECTIONS = 8;

    private final WebhookOutbox outbox;
    private final WebhookReceivers receivers;
    private final RetrySchedule schedule;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HttpTransport transport =
            new HttpTransport("webhook", new HttpSettings(TIMEOUT, TIMEOUT, TIMEOUT, MAX_BODY_BYTES), CONNECTIONS);
    private final Semaphore connections = new Semaphore(CONNECTIONS, true);
    /// receivers that gave no response, and until when they are left alone
    private final Map<String, Instant> open = new ConcurrentHashMap<>();

    /// @param random for jitter; thread-safe
    public WebhookSender(
            WebhookOutbox outbox,
            WebhookReceivers receivers,
            RetrySchedule schedule,
            InstantSource clock,
            RandomGenerator random) {
        this.outbox = outbox;
        this.receivers = receivers;
        this.schedule = schedule;
        this.clock = clock;
        this.random = random;
    }

    /// Makes one attempt for every message that is due; returns when all of them have ended.
    public void sendDue() throws InterruptedException {
        Map<String, List<WebhookMessage>> due = new LinkedHashMap<>();
        for (WebhookMessage message : outbox.due(clock.instant())) {
            due.computeIfAbsent(message.receiver(), _ -> new ArrayList<>()).add(message);
        }
        if (due.isEmpty()) {
            return;
        }
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("tactus-webhook-", 0).factory())) {
            for (Future<Boolean> served :
                    threads.invokeAll(due.values().stream().map(this::serving).toList())) {
                served.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Sends the messages of one receiver, until it gives no response.
    private Callable<Boolean> serving(List<WebhookMessage> messages) {
        return () -> {
            for (WebhookMessage message : messages) {
                Instant until = open.get(message.receiver());
                if (until != null && clock.instant().isBefore(until)) {
                    return false;
                }
                send(message);
            }
            return true;
        };
    }

    private void send(WebhookMessage message) throws InterruptedException {
        switch (receivers.find(message.receiver())) {
            case WebhookReceivers.Gone(String reason) -> outbox.abandoned(message, reason);
            case WebhookReceivers.Unusable(String reason) -> retry(message, reason);
            case WebhookReceivers.Carried(MessageSender own) -> carry(message, own);
            case WebhookReceivers.Reachable(URI address, Optional<WebhookSigner> signer) -> {
                switch (post(message, address, signer)) {
                    case HttpOutcome.Response response -> classify(message, response.status());
                    // the status is all that counts
                    case HttpOutcome.Truncated truncated -> classify(message, truncated.status());
                    // the exception's own words may hold the address
                    case HttpOutcome.NoResponse none ->
                        leaveAlone(
                                message,
                                "no response (" + none.cause().getClass().getSimpleName() + ")");
                }
            }
        }
    }

    private void carry(WebhookMessage message, MessageSender own) {
        try {
            own.send(message);
            delivered(message);
        } catch (IOException e) {
            leaveAlone(message, String.valueOf(e.getMessage()));
        }
    }

    private void leaveAlone(WebhookMessage message, String reason) {
        Duration pause = retry(message, reason);
        open.put(message.receiver(), clock.instant().plus(pause.compareTo(LONGEST_OPEN) < 0 ? pause : LONGEST_OPEN));
    }

    private void delivered(WebhookMessage message) {
        open.remove(message.receiver());
        outbox.delivered(message);
        log.info("message {} ({}) was delivered to {}", message.id(), message.type(), message.receiver());
    }

    private void classify(WebhookMessage message, int status) {
        open.remove(message.receiver());
        if (status / 100 == 2) {
            delivered(message);
        } else {
            retry(message, "HTTP " + status);
        }
    }

    /// Notes a failed attempt; returns how long to wait.
    private Duration retry(WebhookMessage message, String reason) {
        Optional<Duration> pause = schedule.pause(message.attempts() + 1, random);
        if (pause.isEmpty()) {
            outbox.abandoned(message, reason);
            return LONGEST_OPEN;
        }
        Instant next = clock.instant().plus(pause.get());
        outbox.failed(message, reason, next);
        log.warn(
                "message {} ({}) was not delivered to {}: {}; next attempt at {}",
                message.id(),
                message.type(),
                message.receiver(),
                reason,
                next);
        return pause.get();
    }

    private HttpOutcome post(WebhookMessage message, URI address, Optional<WebhookSigner> signer)
            throws InterruptedException {
        Map<String, String> headers = signer.map(with -> with.headers(message.id(), clock.instant(), message.body()))
                .orElse(Map.of());
        connections.acquire();
        try {
            return transport.postJson(address, headers, message.body());
        } finally {
            connections.release();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
