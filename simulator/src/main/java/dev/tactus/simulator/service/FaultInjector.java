package dev.tactus.simulator.service;

import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.SplitMix;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import dev.tactus.simulator.fault.RecordingFaults;
import dev.tactus.simulator.fault.RequestFault;
import dev.tactus.simulator.fault.RequestFaultRule;
import dev.tactus.simulator.fault.SimulatedEndpoint;
import dev.tactus.simulator.quota.SimulatorClock;
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
final class FaultInjector {
    private static final int REMEMBERED = 100_000;

    private final List<RequestFaultRule> rules;
    private final List<AtomicLong> hits = new ArrayList<>();
    private final RecordingFaults recordings;
    private final SimulatorClock clock;
    private final long seed;
    private final Map<Long, Integer> asked = new ConcurrentHashMap<>();
    // guarded by itself
    private final Map<Long, Boolean> answeredEmpty = new LinkedHashMap<>();

    FaultInjector(Behaviour behaviour, long seed, SimulatorClock clock) {
        this.rules = behaviour.requests();
        this.recordings = new RecordingFaults(seed, behaviour.recordings());
        this.clock = clock;
        this.seed = SplitMix.of(seed, 0x72657175L);
        rules.forEach(rule -> hits.add(new AtomicLong()));
    }

    RecordingFaults recordings() {
        return recordings;
    }

    /// What goes wrong with a request.
    ///
    /// @param number counted from 1 on this endpoint
    Optional<RequestFault> ofRequest(SimulatedEndpoint endpoint, String path, long number) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        Duration elapsed = clock.elapsed();
        for (int i = 0; i < rules.size(); i++) {
            RequestFaultRule rule = rules.get(i);
            long random = SplitMix.of(SplitMix.of(seed, i, endpoint.salt()), number);
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
    Optional<ItemFault> ofItem(Isrc isrc, SimulatedEndpoint endpoint, String asked, long day) {
        List<RecordingFaultRule> affecting = recordings.of(isrc, endpoint);
        for (int i = 0; i < affecting.size(); i++) {
            RecordingFaultRule rule = affecting.get(i);
            if (rule.isOn(clock.elapsed())
                    && (rule.asks() == 0 || asks(i, rule, endpoint, asked, day) <= rule.asks())) {
                return Optional.of(rule.fault());
            }
        }
        return Optional.empty();
    }

    /// Whether a track may be held back this time: never twice running, because asking again must help.
    boolean mayHoldBack(SimulatedEndpoint endpoint, String asked) {
        long key = SplitMix.of(SplitMix.of(seed, endpoint.salt()), asked);
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
    int pick(SimulatedEndpoint endpoint, long number, int bound) {
        return SplitMix.below(SplitMix.of(SplitMix.of(seed, -1, endpoint.salt()), number), bound);
    }

    private int asks(int rule, RecordingFaultRule of, SimulatedEndpoint endpoint, String what, long day) {
        long key = SplitMix.of(SplitMix.of(SplitMix.of(seed, of.asks(), rule), endpoint.salt(), day), what);
        return asked.merge(key, 1, (before, one) -> Math.min(before + one, Integer.MAX_VALUE - 1));
    }

    private static boolean canShow(RequestFault fault, SimulatedEndpoint endpoint) {
        return !(fault instanceof RequestFault.OneItem(ItemFault item)) || item.showsAt(endpoint);
    }
}
