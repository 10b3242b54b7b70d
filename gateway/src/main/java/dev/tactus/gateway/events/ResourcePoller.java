package dev.tactus.gateway.events;

import dev.tactus.database.DatabaseFailure;
import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.EventSettings;
import dev.tactus.gateway.state.ChangeEvent;
import dev.tactus.gateway.state.Subscription;
import dev.tactus.gateway.state.SubscriptionRecords;
import dev.tactus.http.HttpOutcome;
import dev.tactus.http.HttpSettings;
import dev.tactus.http.HttpTransport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Asks the upstream for each resource that somebody subscribes to, once in its period for all who may see the same,
/// and notes what has changed.
///
/// The requests go the way of all requests, through the gateway's own data path: in pace mode they wait behind
/// callers and never exceed the upstream's limits. They are conditional where the upstream gave an ETag. A virtual
/// thread for each resource, so many at once as [#AT_ONCE]. Thread-safe.
final class ResourcePoller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ResourcePoller.class);
    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpSettings HTTP = new HttpSettings(PATIENCE, PATIENCE, PATIENCE, 4 * 1024 * 1024);

    private final Subscribers subscribers;
    private final SubscriptionRecords records;
    private final InstantSource clock;
    private final InternalSecret secret;
    private final HttpTransport transport = new HttpTransport("gateway-poll", HTTP, AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-poll-", 0).factory());
    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    private final Map<Subject, Boolean> polled = new ConcurrentHashMap<>();
    private volatile EventSettings settings;
    private volatile Optional<InetSocketAddress> gateway = Optional.empty();

    /// Something that looks the same to all who share it.
    ///
    /// @param audience an application, or empty for all
    private record Subject(String resource, String audience) {}

    ResourcePoller(Subscribers subscribers, EventSettings settings, InternalSecret secret, InstantSource clock) {
        this.subscribers = subscribers;
        this.records = subscribers.records();
        this.settings = settings;
        this.secret = secret;
        this.clock = clock;
    }

    void configure(EventSettings changed) {
        settings = changed;
    }

    /// Begins, once there is a data path.
    void start(InetSocketAddress through) {
        gateway = Optional.of(through);
        subscribers.all().forEach(this::follow);
    }

    /// Asks for a subscription's resource from now on, if nobody does yet.
    void follow(Subscription one) {
        settings.resource(one.resource()).ifPresent(resource -> {
            Subject subject = new Subject(one.resource(), resource.open() ? "" : one.application());
            if (gateway.isPresent() && polled.putIfAbsent(subject, true) == null) {
                threads.execute(() -> keepAsking(subject));
            }
        });
    }

    private void keepAsking(Subject subject) {
        try {
            while (true) {
                Optional<EventSettings.Resource> resource = settings.resource(subject.resource());
                Optional<Subscription> one = anyOf(subject);
                if (resource.isEmpty() || one.isEmpty()) {
                    polled.remove(subject);
                    if (resource.isPresent()) {
                        anyOf(subject).ifPresent(this::follow); // one that came in between
                    }
                    return;
                }
                Thread.sleep(resource.get().every());
                ask(
                        subject.resource(),
                        subject.audience(),
                        resource.get(),
                        one.get().credentials());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private Optional<Subscription> anyOf(Subject subject) {
        return subscribers.of(subject.resource()).stream()
                .filter(one -> subject.audience().isEmpty() || one.application().equals(subject.audience()))
                .filter(one ->
                        one.expiresAt().isAfter(clock.instant()) && one.deadAt().isEmpty())
                .findFirst();
    }

    /// Asks once, and notes what has changed since the last time.
    ///
    /// @param credentials of the subscriber, as JSON
    /// @return the status; empty where there was none
    Optional<Integer> ask(String resource, String audience, EventSettings.Resource how, String credentials)
            throws InterruptedException {
        atOnce.acquire();
        try {
            Optional<SubscriptionRecords.Appearance> before = records.appearance(resource, audience);
            URI from = URI.create("http://127.0.0.1:" + gateway.orElseThrow().getPort() + resource);
            return switch (transport.get(from, fields(how, credentials, before))) {
                case HttpOutcome.Response response
                when response.tooLarge() ->
                    failed(resource, "its body is larger than " + HTTP.maxBodyBytes() + " bytes");
                case HttpOutcome.Response response -> {
                    note(resource, audience, before, response);
                    yield Optional.of(response.status());
                }
                case HttpOutcome.Truncated truncated -> failed(resource, truncated.detail());
                case HttpOutcome.NoResponse none -> failed(resource, none.detail());
            };
        } catch (DatabaseFailure e) {
            return failed(resource, e.getMessage());
        } finally {
            atOnce.release();
        }
    }

    private static Optional<Integer> failed(String resource, @Nullable String why) {
        log.warn("{} could not be polled for its subscribers: {}", resource, why);
        return Optional.empty();
    }

    private Map<String, String> fields(
            EventSettings.Resource how, String credentials, Optional<SubscriptionRecords.Appearance> before) {
        Map<String, String> fields = new HashMap<>(how.headers());
        if (!how.open()) {
            JsonNode own = EventFormat.MAPPER.readTree(credentials);
            own.propertyNames().forEach(name -> fields.put(name, own.path(name).asString()));
        }
        before.map(SubscriptionRecords.Appearance::etag)
                .filter(etag -> !etag.isEmpty())
                .ifPresent(etag -> fields.put("If-None-Match", etag));
        fields.put(InternalSecret.FIELD, secret.value());
        return fields;
    }

    private void note(
            String resource,
            String audience,
            Optional<SubscriptionRecords.Appearance> before,
            HttpOutcome.Response answer) {
        int status = answer.status();
        if (!audience.isEmpty() && (status / 100 == 2 || status == 304 || status / 100 == 4)) {
            subscribers.allowed(audience, resource, status / 100 != 4 || status == 429);
        }
        if (status != 200) {
            return;
        }
        SubscriptionRecords.Appearance now = new SubscriptionRecords.Appearance(
                answer.headers().getOrDefault("etag", ""),
                Sha256.of(answer.body()).hex());
        if (before.isEmpty() || before.get().digest().equals(now.digest())) {
            if (!before.equals(Optional.of(now))) {
                records.looks(resource, audience, now);
            }
            return;
        }
        java.time.Instant at = clock.instant();
        String type = answer.headers().getOrDefault("content-type", "");
        ChangeEvent event = records.changed(
                resource,
                audience,
                Optional.of(now),
                at,
                number -> EventFormat.changed(number, resource, at, type, answer.body()));
        subscribers.tell(event);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        transport.close();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
