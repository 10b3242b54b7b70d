package dev.tactus.simulator.service;

import dev.tactus.simulator.behaviour.BehaviourReader;
import dev.tactus.simulator.quota.LimitUsage;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the simulator saw. Calls for tokens and for the simulator itself are left out of everything but their own
/// count.
///
/// @param seconds since the first request
/// @param throttled every refusal, however it was put; the same in `throttledByPath` by path
/// @param bytes of all bodies
/// @param statuses how often each status was answered; `reset` for connections cut instead
/// @param faults how often each passing fault was shown
/// @param limits one a limit and client
public record SimulatorReport(
        double seconds,
        long requests,
        long tokenRequests,
        long throttled,
        long bytes,
        Map<String, Long> requestsByPath,
        Map<String, Long> throttledByPath,
        Map<String, Long> statuses,
        Map<String, Long> faults,
        List<LimitUsage> limits) {
    public SimulatorReport {
        requestsByPath = Collections.unmodifiableMap(new TreeMap<>(requestsByPath));
        throttledByPath = Collections.unmodifiableMap(new TreeMap<>(throttledByPath));
        statuses = Collections.unmodifiableMap(new TreeMap<>(statuses));
        faults = Collections.unmodifiableMap(new TreeMap<>(faults));
        limits = List.copyOf(limits);
    }

    public ByteBuffer json() {
        JsonBody json = new JsonBody(2_000);
        json.object();
        json.fraction("seconds", seconds);
        json.number("requests", requests);
        json.number("token_requests", tokenRequests);
        json.number("throttled", throttled);
        json.number("bytes", bytes);
        json.list("paths");
        requestsByPath.forEach((path, count) -> {
            json.object();
            json.text("path", path);
            json.number("requests", count);
            json.number("throttled", throttledByPath.getOrDefault(path, 0L));
            json.endObject();
        });
        json.endList();
        counts(json, "statuses", statuses);
        counts(json, "faults", faults);
        json.list("limits");
        limits.forEach(limit -> limit(json, limit));
        json.endList();
        json.endObject();
        return json.done();
    }

    private static void counts(JsonBody json, String name, Map<String, Long> counts) {
        json.object(name);
        counts.forEach(json::number);
        json.endObject();
    }

    private static void limit(JsonBody json, LimitUsage limit) {
        json.object();
        json.text("scope", limit.scope());
        json.text("limit", limit.limit().toString());
        json.text("kind", BehaviourReader.label(limit.kind()));
        json.text("key", limit.key());
        json.number("requests", limit.requests());
        json.number("throttled", limit.throttled());
        json.number("worst_window", limit.worstWindow());
        json.number("worst_window_admitted", limit.worstWindowAdmitted());
        json.fraction("saturated_seconds", limit.saturatedSeconds());
        json.fraction("share", limit.share());
        json.endObject();
    }
}
