package dev.tactus.gateway.usage;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Finds applications that ask for the same resource again and again and get the same answer: they would be better
/// served by a subscription.
///
/// Counts since the start, for a bounded number of resources; those that were asked for least make room. Thread-safe;
/// never blocks.
public final class PollingDetector {
    /// So many equal answers make a poller.
    public static final int EQUAL_ANSWERS = 50;

    private static final int MOST = 20_000;

    /// @param resource the path that was asked for
    private record Key(String application, String resource) {}

    private static final class Counts {
        private long requests;
        private long changed;
        private long last;

        private synchronized void add(long appearance) {
            if (requests > 0 && appearance != last) {
                changed++;
            }
            requests++;
            last = appearance;
        }

        private synchronized void again() {
            requests++;
        }

        private synchronized long requests() {
            return requests;
        }

        private synchronized Optional<PollingCounts> told(Key key) {
            return requests - changed >= EQUAL_ANSWERS
                    ? Optional.of(new PollingCounts(key.application(), key.resource(), requests, changed))
                    : Optional.empty();
        }
    }

    private final Map<Key, Counts> counted = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /// An application has got an answer.
    ///
    /// @param appearance the same for equal answers
    public void answered(String application, String resource, long appearance) {
        Key key = new Key(application, resource);
        Counts known = counted.get(key);
        if (known == null) {
            if (size.incrementAndGet() > MOST) {
                makeRoom();
            }
            known = counted.computeIfAbsent(key, missing -> new Counts());
        }
        known.add(appearance);
    }

    /// An application was told that nothing has changed.
    public void unchanged(String application, String resource) {
        Counts known = counted.get(new Key(application, resource));
        if (known != null) {
            known.again();
        }
    }

    private synchronized void makeRoom() {
        if (counted.size() < MOST) {
            size.set(counted.size());
            return;
        }
        counted.values().removeIf(counts -> counts.requests() < EQUAL_ANSWERS);
        if (counted.size() > MOST / 2) {
            counted.clear();
        }
        size.set(counted.size());
    }

    /// What is known of an application that polls this resource.
    public Optional<PollingCounts> poller(String application, String resource) {
        Key key = new Key(application, resource);
        return Optional.ofNullable(counted.get(key)).flatMap(counts -> counts.told(key));
    }

    /// The pollers, those who asked most first.
    public List<PollingCounts> pollers(Optional<String> application) {
        return counted.entrySet().stream()
                .filter(entry -> application.isEmpty()
                        || application.get().equals(entry.getKey().application()))
                .flatMap(entry -> entry.getValue().told(entry.getKey()).stream())
                .sorted(Comparator.comparingLong(PollingCounts::requests).reversed())
                .toList();
    }
}
