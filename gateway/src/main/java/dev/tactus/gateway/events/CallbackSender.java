package dev.tactus.gateway.events;

import dev.tactus.database.DatabaseFailure;
import dev.tactus.gateway.state.ChangeEvent;
import dev.tactus.gateway.state.Subscription;
import dev.tactus.gateway.state.SubscriptionRecords;
import dev.tactus.webhook.WebhookSigner;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts events to callbacks, signed per Standard Webhooks: at least once, in order for each subscription, tried for
/// two days. Each subscription that has something to get has a virtual thread, so that slow ones hold up nobody else;
/// no more than a few go to one host at once. Thread-safe.
final class CallbackSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallbackSender.class);
    private static final Duration LONGEST = Duration.ofDays(2);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1));
    private static final int AT_A_HOST = 16;
    private static final int AT_ONCE = 20;

    /// Is told that a subscription was given up.
    interface DeathListener {
        void died(Subscription subscription, String reason);
    }

    private final Subscribers subscribers;
    private final SubscriptionRecords records;
    private final CallbackTransport transport;
    private final InstantSource clock;
    private final DeathListener deaths;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-callback-", 0).factory());
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();

    CallbackSender(Subscribers subscribers, CallbackTransport transport, InstantSource clock, DeathListener deaths) {
        this.subscribers = subscribers;
        this.records = subscribers.records();
        this.transport = transport;
        this.clock = clock;
        this.deaths = deaths;
    }

    /// Sends what a subscription has still to get, if nobody does.
    void deliver(Subscription one) {
        if (one.callback().isPresent() && one.deadAt().isEmpty() && busy.add(one.id())) {
            threads.execute(() -> serve(one.id()));
        }
    }

    private void serve(String id) {
        try {
            while (serveOnce(id)) {
                busy.remove(id);
                // an event that came between the last look and now
                Optional<Subscription> one =
                        subscribers.find(id).filter(some -> !pending(some).isEmpty());
                if (one.isEmpty() || !busy.add(id)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // closed; the state file knows what is to be sent
        } catch (DatabaseFailure e) {
            log.error("events of {} are not delivered: {}", id, e.getMessage());
        } finally {
            busy.remove(id);
        }
    }

    private List<ChangeEvent> pending(Subscription one) {
        return subscribers.isShutOut(one)
                ? List.of()
                : records.after(
                        one.resource(), one.application(), Math.max(one.firstEvent(), one.sentEvent()), AT_ONCE);
    }

    /// @return whether all was sent
    private boolean serveOnce(String id) throws InterruptedException {
        while (true) {
            Optional<Subscription> found = subscribers
                    .find(id)
                    .filter(one -> one.expiresAt().isAfter(clock.instant())
                            && one.deadAt().isEmpty());
            if (found.isEmpty()) {
                return false;
            }
            List<ChangeEvent> events = pending(found.get());
            if (events.isEmpty()) {
                return true;
            }
            for (ChangeEvent event : events) {
                if (!sent(id, event)) {
                    return false;
                }
            }
        }
    }

    /// Tries until it is taken.
    private boolean sent(String id, ChangeEvent event) throws InterruptedException {
        while (true) {
            Optional<Subscription> found = subscribers
                    .find(id)
                    .filter(one -> one.expiresAt().isAfter(clock.instant())
                            && one.deadAt().isEmpty());
            if (found.isEmpty()) {
                return false;
            }
            Subscription one = found.get();
            Optional<String> failure = attempt(one, event);
            Instant now = clock.instant();
            if (failure.isEmpty()) {
                records.sent(id, event.number());
                subscribers.put(after(one, event.number(), 0, Optional.empty(), Optional.empty(), Optional.empty()));
                return true;
            }
            Instant since = one.failingSince().orElse(now);
            boolean dead = Duration.between(since, now).compareTo(LONGEST) > 0;
            Optional<Instant> deadAt = dead ? Optional.of(now) : Optional.empty();
            records.failed(id, failure.get(), now, deadAt);
            subscribers.put(after(one, one.sentEvent(), one.attempts() + 1, Optional.of(since), failure, deadAt));
            if (dead) {
                deaths.died(one, failure.get());
                return false;
            }
            Thread.sleep(PAUSES.get(Math.min(one.attempts(), PAUSES.size() - 1)));
        }
    }

    /// As it stands now; what was extended meanwhile stays extended.
    private Subscription after(
            Subscription before,
            long sent,
            int attempts,
            Optional<Instant> failingSince,
            Optional<String> lastError,
            Optional<Instant> deadAt) {
        Subscription now = subscribers.find(before.id()).orElse(before);
        return new Subscription(
                now.id(),
                now.application(),
                now.resource(),
                now.callback(),
                now.secret(),
                now.credentials(),
                now.createdAt(),
                now.expiresAt(),
                now.firstEvent(),
                sent,
                attempts,
                failingSince,
                lastError,
                deadAt);
    }

    private Optional<String> attempt(Subscription one, ChangeEvent event) throws InterruptedException {
        URI to = URI.create(one.callback().orElseThrow());
        Semaphore host =
                hosts.computeIfAbsent(String.valueOf(to.getRawAuthority()), missing -> new Semaphore(AT_A_HOST));
        host.acquire();
        try {
            Instant now = clock.instant();
            String id = EventFormat.id(event.number());
            CallbackTransport.Answer answer = transport.send(
                    "POST",
                    to,
                    Map.of(
                            "webhook-id",
                            id,
                            "webhook-timestamp",
                            String.valueOf(now.getEpochSecond()),
                            "webhook-signature",
                            WebhookSigner.of(one.secret()).sign(id, now, event.body())),
                    event.body());
            return answer.isSuccess() ? Optional.empty() : Optional.of("HTTP " + answer.status());
        } catch (IOException e) {
            return Optional.of(
                    e.getClass() == IOException.class
                            ? String.valueOf(e.getMessage())
                            : "no response (" + e.getClass().getSimpleName() + ")");
        } finally {
            host.release();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
