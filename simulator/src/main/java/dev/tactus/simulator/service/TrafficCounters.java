package dev.tactus.simulator.service;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what was asked and answered. Thread-safe.
final class TrafficCounters {
    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> throttled = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> faults = new ConcurrentSkipListMap<>();
    private final LongAdder bytes = new LongAdder();

    void answered(String path, SimulatedResponse response) {
        add(requests, path);
        bytes.add(response.body().remaining());
        add(
                statuses,
                response.transmission() instanceof SimulatedResponse.Transmission.Reset
                        ? "reset"
                        : String.valueOf(response.status()));
        if (response.throttled()) {
            add(throttled, path);
        }
    }

    void fault(String name) {
        add(faults, name);
    }

    Map<String, Long> requests() {
        return read(requests);
    }

    Map<String, Long> throttled() {
        return read(throttled);
    }

    Map<String, Long> statuses() {
        return read(statuses);
    }

    Map<String, Long> faults() {
        return read(faults);
    }

    long bytes() {
        return bytes.sum();
    }

    private static void add(Map<String, LongAdder> to, String name) {
        to.computeIfAbsent(name, any -> new LongAdder()).increment();
    }

    private static Map<String, Long> read(Map<String, LongAdder> counters) {
        Map<String, Long> read = new TreeMap<>();
        counters.forEach((name, count) -> read.put(name, count.sum()));
        return read;
    }
}
