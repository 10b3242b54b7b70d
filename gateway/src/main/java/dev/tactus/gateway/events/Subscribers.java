package dev.tactus.gateway.events;

import dev.tactus.gateway.state.ChangeEvent;
import dev.tactus.gateway.state.Subscription;
import dev.tactus.gateway.state.SubscriptionRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The subscriptions as they are now, by id and by resource, and who is to be woken when something has changed. The
/// state file has them all; this is what is looked at without it. Thread-safe.
final class Subscribers {
    private final SubscriptionRecords records;
    private final Map<String, Subscription> byId = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> byResource = new ConcurrentHashMap<>();
    private final Map<String, Set<Runnable>> readers = new ConcurrentHashMap<>();
    private final Set<String> shutOut = ConcurrentHashMap.newKeySet();
    private volatile Consumer<Subscription> deliver = ignored -> {};

    Subscribers(SubscriptionRecords records) {
        this.records = records;
        records.all().forEach(this::index);
    }

    /// Who is told of each subscription with a callback that has something to get.
    void delivers(Consumer<Subscription> to) {
        deliver = to;
    }

    private void index(Subscription one) {
        byId.put(one.id(), one);
        byResource
                .computeIfAbsent(one.resource(), missing -> ConcurrentHashMap.newKeySet())
                .add(one.id());
    }

    void put(Subscription one) {
        index(one);
    }

    Optional<Subscription> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<Subscription> all() {
        return List.copyOf(byId.values());
    }

    List<Subscription> of(String resource) {
        List<Subscription> found = new ArrayList<>();
        byResource.getOrDefault(resource, Set.of()).forEach(id -> find(id).ifPresent(found::add));
        return found;
    }

    Optional<Subscription> same(String application, String resource, Optional<String> callback) {
        return of(resource).stream()
                .filter(one ->
                        one.application().equals(application) && one.callback().equals(callback))
                .findFirst();
    }

    void remove(Subscription one) {
        byId.remove(one.id());
        Set<String> others = byResource.get(one.resource());
        if (others != null) {
            others.remove(one.id());
            byResource.computeIfPresent(one.resource(), (resource, ids) -> ids.isEmpty() ? null : ids);
        }
        wake(one.resource());
    }

    /// Whether an application may see a resource, as far as its own last request for it tells.
    void allowed(String application, String resource, boolean allowed) {
        if (allowed) {
            shutOut.remove(application + "\n" + resource);
        } else {
            shutOut.add(application + "\n" + resource);
        }
    }

    boolean isShutOut(Subscription one) {
        return shutOut.contains(one.application() + "\n" + one.resource());
    }

    /// Tells everybody who may see it of an event that has been recorded.
    void tell(ChangeEvent event) {
        for (Subscription one : of(event.resource())) {
            if (one.callback().isPresent()
                    && (event.audience().isEmpty() || event.audience().equals(one.application()))) {
                deliver.accept(one);
            }
        }
        wake(event.resource());
    }

    /// Ends the waking.
    interface Listening {
        void close();
    }

    /// Wakes somebody who reads the stream of a resource, whenever it may have changed.
    Listening listening(String resource, Runnable reader) {
        readers.computeIfAbsent(resource, missing -> ConcurrentHashMap.newKeySet())
                .add(reader);
        return () -> readers.computeIfPresent(resource, (same, all) -> {
            all.remove(reader);
            return all.isEmpty() ? null : all;
        });
    }

    private void wake(String resource) {
        readers.getOrDefault(resource, Set.of()).forEach(Runnable::run);
    }

    /// Forgets what has ended.
    void forget(Instant now) {
        for (Subscription one : all()) {
            if (!one.expiresAt().isAfter(now)) {
                remove(one);
            }
        }
    }

    SubscriptionRecords records() {
        return records;
    }
}
