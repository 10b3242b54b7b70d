package dev.tactus.simulator;

import dev.tactus.music.Isrc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Draws the faults of requests and remembers what passes: how often a fault has hit, how often a track was asked for.
/// Only recordings whose faults pass cost memory. Thread-safe.
final class Faults {
    private static final int REMEMBERED = 100_000;

    private final List<RequestRule> rules;
    private final List<AtomicLong> hits = new ArrayList<>();
    private final RecordingFaults recordings;
    private final SimulatorClock clock;
    private final long seed;
    private final Map<Long, Integer> asked = new ConcurrentHashMap<>();
    // guarded by itself
    private final Map<Long, Boolean> answeredEmpty = new LinkedHashMap<>();

    Faults(Behaviour behaviour, long seed, SimulatorClock clock) {
        this.rules = behaviour.requests();
        this.recordings = new RecordingFaults(seed, behaviour.recordings());
        this.clock = clock;
        this.seed = Mix.of(seed, 0x72657175L);
        rules.forEach(rule -> hits.add(new AtomicLong()));
    }

    RecordingFaults recordings() {
        return recordings;
    }

    /// What goes wrong with a request.
    ///
    /// @param number counted from 1 on this endpoint
    Optional<RequestFault> ofRequest(Endpoint endpoint, String path, long number) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        Duration elapsed = clock.elapsed();
        for (int i = 0; i < rules.size(); i++) {
            RequestRule rule = rules.get(i);
            long random = Mix.of(Mix.of(seed, i, endpoint.salt()), number);
            if (rule.covers(path)
                    && canShow(rule.fault(), endpoint)
                    && rule.when().hits(number, random, elapsed)
                    && hits.get(i).incrementAndGet() <= rule.when().atMost()) {
                return Optional.of(rule.fault());
            }
        }
        return Optional.empty();
    }

    /// What is wrong with a track now. Asking counts.
    ///
    /// @param asked the track's id, or its ISRC where that was asked for
    /// @param day in days since the epoch; 0 where the endpoint knows no days
    Optional<ItemFault> ofItem(Isrc isrc, Endpoint endpoint, String asked, long day) {
        List<RecordingRule> affecting = recordings.of(isrc, endpoint);
        for (int i = 0; i < affecting.size(); i++) {
            RecordingRule rule = affecting.get(i);
            if (rule.isOn(clock.elapsed())
                    && (rule.asks() == 0 || asks(i, rule, endpoint, asked, day) <= rule.asks())) {
                return Optional.of(rule.fault());
            }
        }
        return Optional.empty();
    }

    /// Whether a track may be held back this time: never twice running, because asking again must help.
    boolean mayHoldBack(Endpoint endpoint, String asked) {
        long key = Mix.of(Mix.of(seed, endpoint.salt()), asked);
        synchronized (answeredEmpty) {
            if (answeredEmpty.remove(key) != null) {
                return false;
            }
            answeredEmpty.put(key, true);
            if (answeredEmpty.size() > REMEMBERED) {
                answeredEmpty.remove(answeredEmpty.keySet().iterator().next());
            }
            return true;
        }
    }

    /// A number from 0 to `bound` − 1 for a request.
    int pick(Endpoint endpoint, long number, int bound) {
        return Mix.below(Mix.of(Mix.of(seed, -1, endpoint.salt()), number), bound);
    }

    private int asks(int rule, RecordingRule of, Endpoint endpoint, String what, long day) {
        long key = Mix.of(Mix.of(Mix.of(seed, of.asks(), rule), endpoint.salt(), day), what);
        return asked.merge(key, 1, (before, one) -> Math.min(before + one, Integer.MAX_VALUE - 1));
    }

    private static boolean canShow(RequestFault fault, Endpoint endpoint) {
        return !(fault instanceof RequestFault.OneItem(ItemFault item)) || item.showsAt(endpoint);
    }
}
